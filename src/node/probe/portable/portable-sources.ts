import type { Systeminformation } from 'systeminformation';

type Data = Systeminformation.NetworkInterfacesData;

/** What of `systeminformation` is called, so that tests can stand in for it. */
export interface SystemLibrary {
  mem(): Promise<Systeminformation.MemData>;
  networkStats(interfaces: string): Promise<Systeminformation.NetworkStatsData[]>;
  networkInterfaces(): Promise<Data[] | Data>;
  /** Null where it does not count. */
  disksIO(): Promise<Systeminformation.DisksIoData | null>;
  fsStats(): Promise<Systeminformation.FsStatsData | null>;
  fsSize(): Promise<Systeminformation.FsSizeData[]>;
  osInfo(): Promise<Systeminformation.OsData>;
  system(): Promise<Systeminformation.SystemData>;
  cpu(): Promise<Systeminformation.CpuData>;
  bios(): Promise<Systeminformation.BiosData>;
  baseboard(): Promise<Systeminformation.BaseboardData>;
  chassis(): Promise<Systeminformation.ChassisData>;
  cpuTemperature(): Promise<Systeminformation.CpuTemperatureData>;
  battery(): Promise<Systeminformation.BatteryData>;
  graphics(): Promise<Systeminformation.GraphicsData>;
  users(): Promise<Systeminformation.UserData[]>;
}

/** What Node's own `os` says, at the time of asking. */
export interface NodeFacts {
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
  readonly hostname: string;
  readonly release: string;
  readonly version: string;
  readonly timeZone: string | null;
  readonly nowMs: number;
  readonly uptimeSeconds: number;
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly load: readonly number[];
  /** Milliseconds since the start in each state. */
  readonly cores: readonly {
    readonly times: Readonly<Record<'user' | 'nice' | 'sys' | 'idle' | 'irq', number>>;
  }[];
}

/** Where the figures of a platform without /proc come from. */
export interface PortableSources {
  readonly library: SystemLibrary;
  readonly node: () => NodeFacts;
}

/** The failure of what a platform does not say, which is passed on as such. `message` is what a person reads. */
export class Unsupported extends Error {
  readonly code = 'unsupported';
}

/** A counter of the library, which says null, -1, 0 or NaN for what a platform does not count, where it must be one. */
export function counted(value: number | null | undefined): number {
  return told(value) ?? 0;
}

/** A figure above zero; null for the zero, the -1, the null or the NaN that the library says in place of none. */
export function told(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
}

/** A text that says something; null for what the library or the firmware's template says in place of none. */
export function toldText(value: string | null | undefined): string | null {
  const text = typeof value === 'string' ? value.trim().slice(0, 1_024) : '';
  return /^(|-|unknown|n\/a|none|not specified|default string|to be filled.*|system (manufacturer|product name))$/i.test(text) ? null : text; // prettier-ignore
}
