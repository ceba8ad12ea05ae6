import { deriveCpuRates } from '../shared/series/rates/cpu.ts';
import { deriveDiskRates } from '../shared/series/rates/disk.ts';
import { deriveNetworkRates } from '../shared/series/rates/network.ts';
import type { Discontinuity, Sections } from '../shared/series/sample.ts';
import { sumRates, trafficDevices, trafficInterfaces } from '../shared/series/traffic.ts';
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
    // What adds up to the machine's traffic, as the windows count it, too.
    const interfaces = trafficInterfaces(
      sections.network?.status === 'ok' ? sections.network.data.interfaces : [],
    );
    const devices = trafficDevices(sections.disk?.status === 'ok' ? sections.disk.data.devices : []);
    const interfaceRates = network.status === 'ok' ? network.interfaces : null;
    const deviceRates = disk.status === 'ok' ? disk.devices : null;
    const processor = cpu.status === 'ok' ? cpu.total.used : null;
    const [received, sent] = [
      sumRates(interfaces, interfaceRates, (of) => of.rxBytesPerSecond),
      sumRates(interfaces, interfaceRates, (of) => of.txBytesPerSecond),
    ];
    const [read, written] = [
      sumRates(devices, deviceRates, (of) => of.readBytesPerSecond),
      sumRates(devices, deviceRates, (of) => of.writtenBytesPerSecond),
    ];
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
          read: show(read),
          written: show(written),
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
