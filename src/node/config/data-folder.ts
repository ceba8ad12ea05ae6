import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stat, unlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { makeFolder } from './make-folder.ts';
import { parseSettings } from './parse-settings.ts';
import { readServiceFolders } from './service-folders.ts';

/** Where a host keeps its state. */
export interface DataFolder {
  readonly path: string;
  readonly tokens: string;
  /** The key and the certificate that it is shared with. */
  readonly tls: string;
  /** Where the host that runs on it can be reached. */
  readonly hostFile: string;
  /** Who was let in, what was done, and by whom. Full ones are put aside beside it. */
  readonly auditLog: string;
  /** Read unless another is named. */
  readonly configFile: string;
  /** Where the app keeps what it says. */
  readonly logFile: string;
}

/**
 * All of it in `named`, or in the folder that systemd gives its services; else the folders of this system for this user, where
 * the settings file may say where state is kept, but for itself. Makes nothing.
 */
export function locateDataFolder(named?: string): DataFolder {
  const given = named ?? readServiceFolders().state;
  const paths = envPaths('Pulsewire', { suffix: '' });
  const path = given === undefined ? (readWantedFolder(paths.config) ?? paths.data) : resolve(given);
  return {
    path,
    tokens: join(path, 'tokens'),
    tls: join(path, 'tls'),
    hostFile: join(path, 'host.json'),
    auditLog: join(path, 'audit.log'),
    configFile: join(given === undefined ? paths.config : path, 'config.json'),
    logFile: join(given === undefined ? paths.log : join(path, 'logs'), 'pulsewire.log'),
  };
}

/** The folder that the settings ask for. What is wrong with them is said by whoever reads them whole. */
function readWantedFolder(configFolder: string): string | undefined {
  try {
    return parseSettings(readFileSync(join(configFolder, 'config.json'), 'utf8')).config.dataFolder;
  } catch {
    return undefined;
  }
}

/**
 * Makes the folder, for its owner alone, and makes sure that it can be written. One that was there keeps its
 * mode. Throws MonitorError `io` with one line for people.
 */
export async function prepareDataFolder({ path }: DataFolder): Promise<void> {
  try {
    await makeFolder(path);
    if (!(await stat(path)).isDirectory()) throw new Error('there is a file in its place');
    // Tried, not asked: permissions are not all that can forbid it.
    const trial = join(path, `.write-test-${randomUUID()}`);
    await writeFile(trial, '', { flag: 'wx', mode: 0o600 });
    await unlink(trial);
  } catch (cause) {
    throw new MonitorError('io', `The data folder ${path} cannot be used: ${describe(cause)}.`, { cause });
  }
}

function describe(cause: unknown): string {
  switch ((cause as NodeJS.ErrnoException).code) {
    case 'EACCES':
    case 'EPERM':
      return 'this user may not write there';
    case 'EROFS':
      return 'it is on a read-only file system';
    case 'EEXIST':
    case 'ENOTDIR':
      return 'there is a file in its place';
    case 'ENOENT':
      return 'it cannot be made there';
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return (cause as Error).message;
  }
}
