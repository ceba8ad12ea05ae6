import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { recordBundled } from './scripts/lib/record-bundled.mjs';

const root = import.meta.dirname;
const source = (path: string): string => resolve(root, 'src', path);

// Lower than the Electron that ships: development and tests may run on the fallback, which is 33.
const nodeTarget = 'node20.18';
const browserTarget = 'chrome130';

interface Bundling {
  getModuleInfo(id: string): { readonly importers: readonly string[] } | null;
}

/**
 * What the quick view takes is one file, which the dashboard takes too: a window that is made for a click asks for each of its
 * files in turn. Null for all else, which is split by itself.
 */
function nameShared(id: string, bundling: Bundling): string | null {
  const seen = new Set([id]);
  for (const each of seen) {
    if (each === source('renderer/quick.tsx')) return 'shared';
    for (const importer of bundling.getModuleInfo(each)?.importers ?? []) seen.add(importer);
  }
  return null;
}

// One config for the three builds of the app. Electron itself and everything under "dependencies" in
// package.json stay outside the bundle of main; what the renderer uses is bundled, so it belongs
// under "devDependencies".
export default defineConfig({
  main: {
    plugins: [recordBundled('main')],
    build: {
      target: nodeTarget,
      sourcemap: true,
      rolldownOptions: {
        input: {
          main: source('main/main.ts'),
          headless: source('headless/headless.ts'),
          'probe-process': source('node/probe/probe-process.ts'),
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          // Beside the entries, so that import.meta.dirname is out/main in every module.
          chunkFileNames: 'chunk-[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    plugins: [recordBundled('preload')],
    build: {
      target: nodeTarget,
      sourcemap: false,
      // A sandboxed preload can require nothing but Electron, so it carries all that it uses.
      externalizeDeps: false,
      rolldownOptions: {
        input: { bridge: source('preload/bridge.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: source('renderer'),
    plugins: [react(), recordBundled('renderer')],
    build: {
      outDir: resolve(root, 'out/renderer'),
      target: browserTarget,
      minify: true,
      sourcemap: false,
      // The host serves exactly the files that this names.
      manifest: 'manifest.json',
      // No data: URLs and no inline scripts: the pages run under `default-src 'self'`.
      assetsInlineLimit: 0,
      // Read from the disk beside the program, and by a browser once.
      chunkSizeWarningLimit: 1_000,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: { index: source('renderer/index.html'), quick: source('renderer/quick.html') },
        output: { codeSplitting: { groups: [{ name: nameShared, debugName: 'shared', minShareCount: 2 }] } },
      },
    },
  },
});
