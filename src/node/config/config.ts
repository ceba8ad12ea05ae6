import { readFile } from 'node:fs/promises';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { Limits } from '../../shared/protocol/index.ts';
import type { SettingsProblem } from '../../shared/settings/settings-snapshot.ts';
import type { Config } from './config-schema.ts';
import { parseSettings } from './parse-settings.ts';

export type { Config } from './config-schema.ts';

/**
 * Reads a config file and changes nothing. A file that is not there is an empty one, unless `mustExist`. Throws
 * MonitorError `invalidArgument` with one line that names file, line, column and what is wrong.
 */
export async function readConfig(path: string, mustExist: boolean): Promise<Config> {
  return parseConfig(await readSettingsText(path, mustExist), path);
}

/** The text of a config file. One that is not there is an empty one, unless `mustExist`. Throws as `readConfig` does. */
export async function readSettingsText(path: string, mustExist: boolean): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if ((code === 'ENOENT' || code === 'ENOTDIR') && !mustExist) return '{}';
    const why = code === 'ENOENT' ? 'there is no such file' : (cause as Error).message;
    throw new MonitorError('invalidArgument', `The config file ${path} cannot be read: ${why}.`, { cause });
  }
}

/** A config file's text as settings. Throws as `readConfig` does. */
export function parseConfig(text: string, path: string): Config {
  const { config, problems } = parseSettings(text);
  const [problem] = problems;
  if (problem) throw new MonitorError('invalidArgument', describeProblem(path, problem));
  return config;
}

/** One line for people. */
export function describeProblem(path: string, { key, line, column, message }: SettingsProblem): string {
  const where = line === null ? '' : `, line ${line}, column ${column}`;
  return `The config file ${path} is broken${where}: ${key === '' ? '' : `"${key}" `}${message}.`;
}

/** The limits that many clients need: what one address may hold is raised too, since a gateway or a bench is one. */
export function deriveClientLimits(maxClients: number): Partial<Limits> {
  return { maxClients, maxClientsPerAddress: Math.max(8, maxClients) };
}
