import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, createServer } from 'vite';
import { projectFolder } from './project.mjs';

/** Not a part of the app's build, so that it is neither shipped nor served by a host. */
const root = join(projectFolder, 'src', 'renderer');

/**
 * Serves the page of every component, anew with each change of a source, on the loopback alone.
 *
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serveGallery() {
  const server = await createServer({
    configFile: false,
    root,
    plugins: [react()],
    logLevel: 'warn',
    server: { host: '127.0.0.1', port: 0, fs: { allow: [projectFolder] } },
  });
  await server.listen();
  const address = server.resolvedUrls?.local[0] ?? '';
  return { url: `${address}gallery.html`, close: () => server.close() };
}

/**
 * Builds that page into a folder, as the app's pages are built.
 *
 * @param {string} folder
 */
export async function buildGallery(folder) {
  await build({
    configFile: false,
    root,
    plugins: [react()],
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome130',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2_000,
      rolldownOptions: { input: { gallery: join(root, 'gallery.html') } },
    },
  });
}
