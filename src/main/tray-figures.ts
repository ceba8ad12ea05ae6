import { deriveCpuRates } from '../shared/series/rates/cpu.ts';
import { deriveDiskRates, type DeviceRates } from '../shared/series/rates/disk.ts';
import { deriveNetworkRates, type InterfaceRates } from '../shared/series/rates/network.ts';
import { type Rated } from '../shared/series/rates/span.ts';
import type { NetworkRaw } from '../shared/series/raw/network.ts';
import type { Discontinuity, Sections } from '../shared/series/sample.ts';
import { t } from '../shared/texts/texts.ts';
import {
  formatBytes,
  formatBytesPerSecond,
  formatShare,
  formatTrafficPerSecond,
  showText,
} from '../shared/series/units.ts';
import type { TrayLevels } from './tray-chart.ts';
import type { FigureLines } from './tray-menu.ts';
import { deriveUsedMemoryBytes } from '../shared/series/used-memory.ts';

/** What of a message is read. */
export interface TrayReading {
  readonly sections: Sections;
  readonly discontinuity?: Discontinuity | undefined;
}

/** What the tray shows after a reading. */
export interface TrayNews {
  /** Processor, memory, network, disk; a dash where a rate is not known yet. */
  readonly lines: FigureLines;
  readonly levels: TrayLevels;
}

/** Traffic that makes an empty and a full column: each of its pixels stands for about twice what the one below does. */
const networkScale = { fromBytesPerSecond: 1024, toBytesPerSecond: 128 * 1024 * 1024 } as const;

/** Turns readings into what the tray shows. Keeps the last, for the rates. */
export class TrayFigures {
  #previous: Sections = {};

  read({ sections, discontinuity }: TrayReading): TrayNews {
    const previous = this.#previous;
    this.#previous = { ...previous, ...sections };
    const cpu = deriveCpuRates(previous.cpu, sections.cpu, discontinuity);
    const network = deriveNetworkRates(previous.network, sections.network, discontinuity);
    const disk = deriveDiskRates(previous.disk, sections.disk, discontinuity);
    const memory = sections.memory?.status === 'ok' ? sections.memory.data : null;
    // What programs hold, as the windows count it.
    const used = memory && deriveUsedMemoryBytes(memory);
    const interfaces =
      network.status === 'ok' && sections.network?.status === 'ok'
        ? pickPhysical(network.interfaces, sections.network.data)
        : null;
    const devices = disk.status === 'ok' ? pickOwn(disk.devices) : null;
    const processor = cpu.status === 'ok' ? cpu.total.used : null;
    const [received, sent] = [sum(interfaces, 'rxBytesPerSecond'), sum(interfaces, 'txBytesPerSecond')];
    const show = (bytesPerSecond: number | null): string => showText(formatBytesPerSecond(bytesPerSecond));
    return {
      lines: [
        t('tray:lines.processor', { used: showText(formatShare(processor)) }),
        t('tray:lines.memory', {
          used: showText(formatBytes(used)),
          total: showText(formatBytes(memory?.totalBytes)),
        }),
        t('tray:lines.network', {
          received: showText(formatTrafficPerSecond(received)),
          sent: showText(formatTrafficPerSecond(sent)),
        }),
        t('tray:lines.disk', {
          read: show(sum(devices, 'readBytesPerSecond')),
          written: show(sum(devices, 'writtenBytesPerSecond')),
        }),
      ],
      levels: {
        processor,
        memory: used !== null && memory && memory.totalBytes > 0 ? used / memory.totalBytes : null,
        network: received === null || sent === null ? null : deriveTrafficLevel(received + sent),
      },
    };
  }
}

/** Where traffic lies between a trickle and a gigabit, on a scale of doublings; 0 to 1. */
export function deriveTrafficLevel(bytesPerSecond: number): number {
  const { fromBytesPerSecond, toBytesPerSecond } = networkScale;
  if (bytesPerSecond <= fromBytesPerSecond) return 0;
  return Math.min(
    1,
    Math.log2(bytesPerSecond / fromBytesPerSecond) / Math.log2(toBytesPerSecond / fromBytesPerSecond),
  );
}

/** Traffic within the machine is not the network's; bridges and tunnels carry what a physical one carries, too. */
function pickPhysical(
  rates: ReadonlyMap<string, Rated<InterfaceRates>>,
  { interfaces }: NetworkRaw,
): readonly Rated<InterfaceRates>[] {
  const outward = interfaces.filter(({ kind }) => kind !== 'loopback');
  const physical = outward.filter(({ kind }) => kind === 'ethernet' || kind === 'wifi');
  const counted = [physical, outward].find(({ length }) => length > 0) ?? interfaces;
  return counted.flatMap(({ name }) => rates.get(name) ?? []);
}

/** Devices that stand on others would count what those count, too. */
function pickOwn(rates: ReadonlyMap<string, Rated<DeviceRates>>): readonly Rated<DeviceRates>[] {
  const own = [...rates].filter(([name]) => !/^(dm-|md|loop|zram|ram|nbd)/.test(name));
  return (own.length > 0 ? own : [...rates]).map(([, rated]) => rated);
}

/** The sum over those that have a rate; null where none has. */
function sum<Figures extends InterfaceRates | DeviceRates>(
  all: readonly Rated<Figures>[] | null,
  figure: keyof Figures,
): number | null {
  const known = all?.filter((rates) => rates.status === 'ok') ?? [];
  if (known.length === 0) return null;
  return known.reduce((total, rates) => total + Number(rates[figure]), 0);
}
