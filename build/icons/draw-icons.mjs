// Draws the icons of every size from the SVG files beside it, with the Chromium of the tests:
//   node build/icons/draw-icons.mjs
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { createIcns, createIco } from './icon-files.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const buildFolder = dirname(folder);
const webAppFolder = join('..', 'src', 'renderer', 'public', 'web-app');

/** Each file with its drawing and its edge in pixels. */
const icons = [
  { drawing: 'app', edge: 1024, file: 'icon.png' },
  ...[16, 24, 32, 48, 64, 128, 256, 512].map((edge) => ({
    drawing: 'app',
    edge,
    file: join('icons', `${edge}x${edge}.png`),
  })),
  { drawing: 'tray', edge: 24, file: join('tray', 'tray.png') },
  { drawing: 'tray', edge: 48, file: join('tray', 'tray@2x.png') },
  { drawing: 'tray-template', edge: 18, file: join('tray', 'tray-template.png') },
  { drawing: 'tray-template', edge: 36, file: join('tray', 'tray-template@2x.png') },
  { drawing: 'app', edge: 192, file: join(webAppFolder, 'icon-192.png') },
  { drawing: 'app', edge: 512, file: join(webAppFolder, 'icon-512.png') },
  { drawing: 'app', edge: 512, file: join(webAppFolder, 'icon-maskable-512.png'), isFilled: true },
  { drawing: 'app', edge: 180, file: join(webAppFolder, 'apple-touch-icon.png'), isFilled: true },
];

/** For whoever cuts icons to a shape of its own: the ground reaches every edge. */
const filled = 'rect{x:-8px;y:-8px;width:528px;height:528px;rx:0}';

const browser = await chromium.launch({
  executablePath: process.env['PULSEWIRE_CHROMIUM'] ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  for (const { drawing, edge, file, isFilled = false } of icons) {
    const svg = await readFile(join(folder, `${drawing}.svg`), 'utf8');
    const page = await browser.newPage({ viewport: { width: edge, height: edge } });
    await page.setContent(
      `<style>*{margin:0}svg{display:block;width:${edge}px;height:${edge}px}${isFilled ? filled : ''}</style>${svg}`,
    );
    await page.screenshot({ path: join(buildFolder, file), omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}

/** @param {readonly number[]} edges */
const readPictures = (edges) =>
  Promise.all(
    edges.map(async (edge) => {
      const file = edge === 1024 ? 'icon.png' : join('icons', `${edge}x${edge}.png`);
      return { edge, png: await readFile(join(buildFolder, file)) };
    }),
  );
await writeFile(join(buildFolder, 'icon.ico'), createIco(await readPictures([16, 24, 32, 48, 64, 128, 256])));
await writeFile(
  join(buildFolder, 'icon.icns'),
  createIcns(await readPictures([16, 32, 64, 128, 256, 512, 1024])),
);
