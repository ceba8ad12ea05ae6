import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What electron-builder hands to its hooks, as far as we look at it.
 *
 * @typedef {object} PackContext
 * @property {string} appOutDir
 * @property {{getResourcesDir(appOutDir: string): string, appInfo: {version: string}, config: {electronVersion?: string | null}}} packager
 */

/** What an Electron distribution brings for whoever develops with it, and what ours for development adds to it. */
const notShipped = ['version', 'pulsewire-runtime.json'];
const notShippedResources = ['app', 'default_app.asar'];

/**
 * Takes out of the copied Electron what is no part of an app.
 *
 * @param {PackContext} context
 */
export async function afterExtract({ appOutDir, packager }) {
  const resources = packager.getResourcesDir(appOutDir);
  const paths = [
    ...notShipped.map((name) => join(appOutDir, name)),
    ...notShippedResources.map((name) => join(resources, name)),
  ];
  await Promise.all(paths.map((path) => rm(path, { recursive: true, force: true })));
}

/**
 * Writes down, inside the package, which Electron it has.
 *
 * @param {PackContext} context
 */
export async function afterPack({ appOutDir, packager }) {
  const { appInfo, config } = packager;
  const facts = { version: appInfo.version, electron: config.electronVersion };
  await writeFile(
    join(packager.getResourcesDir(appOutDir), 'package-facts.json'),
    `${JSON.stringify(facts)}\n`,
  );
}
