import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { mergeSettings } from './merge-settings.ts';
import { parseSettings, type JsonObject } from './parse-settings.ts';

/** A setting that can be given when a host is started: on the command line, or by a variable of its environment. */
export interface GivenSetting {
  /** As commander writes it; null where there is only the variable. */
  readonly flags: string | null;
  readonly variable: string;
  /** What it stands for in the settings file, dotted; null for what is about the files themselves. */
  readonly key: string | null;
  readonly type: 'number' | 'switch' | 'list' | 'text';
  readonly about: string;
}

/**
 * Every setting that can be given so, by its name on the command line in camel case. The help, the manual page and the table
 * in docs/settings.md are made from this.
 */
export const givenSettings = {
  port: {
    flags: '--port <port>',
    variable: 'PULSEWIRE_PORT',
    key: 'port',
    type: 'number',
    about: 'port to listen on; 0: any (default: 9740, or the next that is free)',
  },
  bind: {
    flags: '--bind <address>',
    variable: 'PULSEWIRE_BIND',
    key: 'bind',
    type: 'text',
    about: 'address to listen on; one of the LAN means sharing on it',
  },
  share: {
    flags: '--share',
    variable: 'PULSEWIRE_SHARE',
    key: 'sharing.enabled',
    type: 'switch',
    about: 'share on the LAN, over TLS',
  },
  sharePlainHttp: {
    flags: '--share-plain-http',
    variable: 'PULSEWIRE_SHARE_PLAIN_HTTP',
    key: 'sharing.plainHttp',
    type: 'switch',
    about: 'share on the LAN, without TLS too, where viewers may only look',
  },
  trustedProxies: {
    flags: '--trusted-proxies <addresses>',
    variable: 'PULSEWIRE_TRUSTED_PROXIES',
    key: 'trustedProxies',
    type: 'list',
    about: 'reverse proxies that are believed for whom they ask, as 127.0.0.1,10.0.0.0/8',
  },
  allowedHosts: {
    flags: '--allowed-hosts <names>',
    variable: 'PULSEWIRE_ALLOWED_HOSTS',
    key: 'allowedHosts',
    type: 'list',
    about: 'names by which a reverse proxy answers for this host, separated by commas',
  },
  dataDir: {
    flags: '--data-dir <folder>',
    variable: 'PULSEWIRE_DATA_DIR',
    key: null,
    type: 'text',
    about: 'folder for all state',
  },
  config: {
    flags: '--config <file>',
    variable: 'PULSEWIRE_CONFIG',
    key: null,
    type: 'text',
    about: 'config file (default: config.json where state is kept)',
  },
  systemConfig: {
    flags: null,
    variable: 'PULSEWIRE_SYSTEM_CONFIG',
    key: null,
    type: 'text',
    about: 'config file of the machine, under the other (default: /etc/pulsewire/config.json)',
  },
  maxClients: {
    flags: '--max-clients <count>',
    variable: 'PULSEWIRE_MAX_CLIENTS',
    key: 'limits.maxClients',
    type: 'number',
    about: 'how many clients are served at once',
  },
  logLevel: {
    flags: '--log-level <level>',
    variable: 'PULSEWIRE_LOG_LEVEL',
    key: 'log.level',
    type: 'text',
    about: 'the least that is logged: error, warning or info',
  },
  logFormat: {
    flags: '--log-format <format>',
    variable: 'PULSEWIRE_LOG_FORMAT',
    key: 'log.format',
    type: 'text',
    about: 'text or json (default: text; json where the journal reads)',
  },
  logFile: {
    flags: '--log-file <file>',
    variable: 'PULSEWIRE_LOG_FILE',
    key: 'log.file',
    type: 'text',
    about: 'file to log into beside standard error, rotated by size',
  },
} as const satisfies Readonly<Record<string, GivenSetting>>;

export type GivenName = keyof typeof givenSettings;
type ValueOf<Type extends GivenSetting['type']> = {
  number: number;
  switch: boolean;
  list: readonly string[];
  text: string;
}[Type];

/** What was given, by name. */
export type GivenValues = { readonly [Name in GivenName]?: ValueOf<(typeof givenSettings)[Name]['type']> };

/** The settings by name, for those who make something of each. */
export const givenEntries = Object.entries(givenSettings) as readonly (readonly [GivenName, GivenSetting])[];

/** A text as a setting's value. Throws MonitorError `invalidArgument` with what is wrong: `must be 0 to 65535`. */
export function parseGiven({ key, type }: GivenSetting, text: string): ValueOf<GivenSetting['type']> {
  const value = parseText(type, text);
  const [problem] = key === null ? [] : parseSettings(JSON.stringify(nest(key, value))).problems;
  if (problem) throw new MonitorError('invalidArgument', problem.message);
  return value;
}

/** What the environment gives, and one line for people for each variable that makes no sense. */
export function parseEnvironment(environment: Readonly<Record<string, string | undefined>>): {
  readonly values: GivenValues;
  readonly problems: readonly string[];
} {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, setting] of givenEntries) {
    const text = environment[setting.variable];
    // One that is empty is as good as none: that is how services and containers leave something out.
    if (text === undefined || text === '') continue;
    try {
      values[name] = parseGiven(setting, text);
    } catch (thrown) {
      const { message } = MonitorError.from(thrown);
      problems.push(`The variable ${setting.variable} is ${JSON.stringify(text)}, and ${message}.`);
    }
  }
  return { values: values, problems };
}

/** What is given as a layer over the settings file, and by what each key of it is given. */
export interface GivenLayer {
  readonly values: JsonObject;
  readonly origins: ReadonlyMap<string, string>;
}

/** The command line wins over the environment. */
export function deriveGivenLayer(environment: GivenValues, flags: GivenValues): GivenLayer {
  let values: JsonObject = {};
  const origins = new Map<string, string>();
  const put = (key: string, value: unknown, origin: string): void => {
    values = mergeSettings(values, nest(key, value));
    origins.set(key, origin);
  };
  for (const [name, setting] of givenEntries) {
    const value = flags[name] ?? environment[name];
    if (value === undefined || setting.key === null) continue;
    const flag = setting.flags?.split(' ', 1)[0] ?? setting.variable;
    const origin = flags[name] === undefined ? setting.variable : flag;
    put(setting.key, value, origin);
    // A gateway or a bench has one address, and is what many clients are wanted for.
    if (name === 'maxClients') put('limits.maxClientsPerAddress', Math.max(8, Number(value)), origin);
  }
  return { values, origins };
}

function parseText(type: GivenSetting['type'], text: string): ValueOf<GivenSetting['type']> {
  const fail = (message: string): never => {
    throw new MonitorError('invalidArgument', message);
  };
  switch (type) {
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : fail('must be a number');
    case 'switch':
      if (/^(true|1|yes|on)$/i.test(text)) return true;
      return /^(false|0|no|off)$/i.test(text) ? false : fail('must be true or false');
    case 'list':
      return text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '');
    case 'text':
      return text === '' ? fail('must not be empty') : text;
  }
}

function nest(key: string, value: unknown): JsonObject {
  return key.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as JsonObject;
}
