import { join } from 'node:path';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { Log } from '../server/log.ts';
import type { DataFolder } from './data-folder.ts';
import { deriveGivenLayer, type GivenValues } from './given-settings.ts';
import { locatePolicy, readPolicy } from './policy.ts';
import { readServiceFolders } from './service-folders.ts';
import { SettingsFile } from './settings-file.ts';

export interface OpenSettingsOptions {
  readonly folder: DataFolder;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether anything wrong with a file is refused, as a host without a window does. */
  readonly isStrict: boolean;
  readonly environment?: GivenValues;
  readonly flags?: GivenValues;
  readonly schemaPath?: string;
  /** Another place for the policy; null: there is none. */
  readonly policyPath?: string | null;
}

/**
 * The settings in force, the same for every host: the machine's file, over it the one of the data folder or the one that is
 * named, over both what the environment gives, over that the command line, and over all of it the policy. Throws MonitorError `invalidArgument` with
 * one line that names the source, where it is to be strict.
 */
export async function openSettings(options: OpenSettingsOptions): Promise<SettingsFile> {
  const { folder, clock, log, isStrict, environment = {}, flags = {}, schemaPath } = options;
  const common = { clock, log, isStrict };
  const machinePath = environment.systemConfig ?? locateMachineSettings();
  const named = flags.config ?? environment.config;
  const over = deriveGivenLayer(environment, flags);
  const { policyPath = locatePolicy(locateMachineSettings()) } = options;
  const policy = await readPolicy(policyPath, { isStrict, log });
  return SettingsFile.open({
    ...common,
    path: named ?? folder.configFile,
    mustExist: named !== undefined,
    schemaPath,
    ...(machinePath !== null && { under: await SettingsFile.open({ ...common, path: machinePath }) }),
    ...(over.origins.size > 0 && { over }),
    ...(policy && { policy }),
  });
}

/**
 * The file of settings for all users of this machine; null on Windows, where every user may make folders in the place for such
 * files, and so could set what holds for the others.
 */
export function locateMachineSettings(platform: NodeJS.Platform = process.platform): string | null {
  const { configuration } = readServiceFolders();
  if (configuration !== undefined) return join(configuration, 'config.json');
  if (platform === 'win32') return null;
  return platform === 'darwin'
    ? '/Library/Application Support/Pulsewire/config.json'
    : '/etc/pulsewire/config.json';
}
