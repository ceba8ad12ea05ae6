import { join } from 'node:path';

/** Where the build puts things, seen from the program itself. */
const outputFolder = join(import.meta.dirname, '..');

/** What the app reads of its own build. */
export const builtFiles = {
  preload: join(outputFolder, 'preload', 'bridge.cjs'),
  /** Folder of the pages. */
  renderer: join(outputFolder, 'renderer'),
  settingsSchema: join(outputFolder, 'settings.schema.json'),
  licences: join(outputFolder, 'licences.txt'),
} as const;
