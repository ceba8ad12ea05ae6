import { existsSync } from 'node:fs';
import { deriveBudgetSettings } from '../node/config/budget.ts';
import { locateDataFolder } from '../node/config/data-folder.ts';
import type { GivenValues } from '../node/config/given-settings.ts';
import { listSettings, mergeSettings } from '../node/config/merge-settings.ts';
import { locateMachineSettings, openSettings } from '../node/config/open-settings.ts';
import { valueAt, type JsonObject } from '../node/config/parse-settings.ts';
import type { SettingsFile } from '../node/config/settings-file.ts';
import type { Log } from '../node/server/log.ts';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import { defaultLimits, defaultPort } from '../shared/protocol/index.ts';
import { printable } from './printable.ts';

export interface ConfigOptions extends GivenValues {
  /** With what is left as it is by default. */
  readonly all?: boolean;
  readonly json?: boolean;
}

/** A setting that is in force, and what says so: a flag, a variable, a file with its line; `default` where nothing does. */
interface SettingInForce {
  readonly key: string;
  readonly value: unknown;
  readonly from: string;
}

/**
 * Reads the settings as `serve` would, and returns them to be printed. Changes nothing. Throws MonitorError `invalidArgument`
 * where `serve` would not start with them.
 */
export async function runConfigCommand(
  options: ConfigOptions,
  environment: GivenValues,
  log: Log,
): Promise<string> {
  const folder = locateDataFolder(options.dataDir ?? environment.dataDir);
  const settings = await openSettings({
    folder,
    clock: systemClock,
    log,
    isStrict: true,
    environment,
    flags: options,
  });
  const inForce = listInForce(settings, options.all === true);
  const machine = environment.systemConfig ?? locateMachineSettings();
  const files = [machine, settings.path].filter((path) => path !== null);
  if (options.json === true) {
    return `${JSON.stringify({ dataFolder: folder.path, files, settings: inForce }, null, 2)}\n`;
  }
  const width = Math.max(0, ...inForce.map(({ key, value }) => describe(key, value).length));
  return [
    `Data folder: ${folder.path}`,
    ...files.map((path) => `File: ${path}${existsSync(path) ? '' : ' (not there)'}`),
    ...inForce.map(({ key, value, from }) => `${describe(key, value).padEnd(width)}  ${from}`),
    '',
  ]
    .map(printable)
    .join('\n');
}

function listInForce(settings: SettingsFile, withDefaults: boolean): SettingInForce[] {
  const written = settings.written();
  const all = withDefaults ? mergeSettings(defaultSettings(), written) : written;
  return listSettings(all)
    .filter(([key]) => key !== '$schema')
    .map(([key, value]) => {
      const isWritten = valueAt(written, key.split('.')) !== undefined;
      return { key, value, from: isWritten ? (settings.originOf(key) ?? settings.path) : 'default' };
    });
}

/** What holds of a host where nothing is said. */
function defaultSettings(): JsonObject {
  const { cpuShare, memoryBytes, forksPerSecond } = deriveBudgetSettings(undefined, defaultLimits.maxClients);
  return {
    port: defaultPort,
    bind: 'localhost',
    sharing: { enabled: false, plainHttp: false, announce: true },
    pairing: { confirm: false },
    trustedProxies: [],
    allowedHosts: [],
    log: { level: 'info', format: 'text' },
    budget: { cpuShare, memoryBytes, forksPerSecond },
    limits: { ...defaultLimits },
  };
}

function describe(key: string, value: unknown): string {
  return `${key} = ${JSON.stringify(value)}`;
}
