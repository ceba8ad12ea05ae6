import { accessSync, constants, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { app } from 'electron';
import { createElectronUpdater } from './electron-updater.ts';
import { deriveUpdateOffReason } from './update-support.ts';
import { Updates, type UpdatesOptions } from './updates.ts';

export interface CreateUpdatesOptions extends Omit<UpdatesOptions, 'offReason' | 'createUpdater'> {
  /** Whether the administrator of the machine wants none. */
  readonly isForbidden: boolean;
}

/** The updates of this app, as it is installed. */
export function createUpdates({ isForbidden, ...options }: CreateUpdatesOptions): Updates {
  const readResource = (name: string): string | null => {
    try {
      return readFileSync(join(process.resourcesPath, name), 'utf8');
    } catch {
      return null;
    }
  };
  return new Updates({
    ...options,
    offReason: deriveUpdateOffReason({
      platform: process.platform,
      isPackaged: app.isPackaged,
      execPath: process.execPath,
      environment: process.env,
      packageType: readResource('package-type')?.trim() ?? null,
      source: readResource('app-update.yml'),
      mayReplace,
      isForbidden,
    }),
    createUpdater: () => createElectronUpdater(options.log),
  });
}

/** Another file takes the place of the old one, so that it is its folder that counts. */
function mayReplace(path: string): boolean {
  try {
    accessSync(dirname(path), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
