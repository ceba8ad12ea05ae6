import { deriveCpuRates } from '../shared/series/rates/cpu.ts';
import { deriveDiskRates, type DeviceRates } from '../shared/series/rates/disk.ts';
import { deriveNetworkRates, type InterfaceRates } from '../shared/series/rates/network.ts';
import { type Rated } from '../shared/series/rates/span.ts';
import type { NetworkRaw } from '../shared/series/raw/network.ts';
import type { Discontinuity, Sections } from '../shared/series/sample.ts';
import { formatBytes, formatBytesPerSecond, formatShare, showText } from '../shared/series/units.ts';
import type { FigureLines } from './tray-menu.ts';
import { deriveUsedMemoryBytes } from '../shared/series/used-memory.ts';

/** What of a message is read. */
export interface TrayReading {
  readonly sections: Sections;
  readonly discontinuity?: Discontinuity | undefined;
}

/** Turns readings into the tray's lines: processor, memory, network, disk. Keeps the last, for the rates. */
export class TrayFigures {
  #previous: Sections = {};

  /** The lines after this reading; a dash where a rate is not known yet. */
  read({ sections, discontinuity }: TrayReading): FigureLines {
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
    const show = (bytesPerSecond: number | null): string => showText(formatBytesPerSecond(bytesPerSecond));
    return [
      `Processor ${cpu.status === 'ok' ? showText(formatShare(cpu.total.used)) : '–'}`,
      `Memory ${showText(formatBytes(used))} of ${showText(formatBytes(memory?.totalBytes))}`,
      `Network ↓ ${show(sum(interfaces, 'rxBytesPerSecond'))} ↑ ${show(sum(interfaces, 'txBytesPerSecond'))}`,
      `Disk read ${show(sum(devices, 'readBytesPerSecond'))}, write ${show(sum(devices, 'writtenBytesPerSecond'))}`,
    ];
  }
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
