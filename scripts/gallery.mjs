import { spawn } from 'node:child_process';
import { serveGallery } from './lib/gallery.mjs';
import { runCommand } from './lib/script-error.mjs';

// npm run gallery: every component in every state, on a page that follows the sources.
await runCommand('gallery', async () => {
  const { url, close } = await serveGallery();
  process.stdout.write(`${url}\n`);
  if (process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'] || process.platform !== 'linux')
    openBrowser(url);
  await new Promise((resolve) => {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, resolve);
  });
  await close();
  return 0;
});

/**
 * With the desktop's own opener; where there is none, the address stands on standard output.
 *
 * @param {string} url
 */
function openBrowser(url) {
  const opener =
    { darwin: 'open', win32: 'explorer' }[/** @type {string} */ (process.platform)] ?? 'xdg-open';
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
