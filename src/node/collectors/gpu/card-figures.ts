import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GpuDeviceRaw } from '../../../shared/series/raw/gpu.ts';
import { readNames } from '../small-file.ts';
import type { DrmCard } from './drm-card.ts';

/** A figure of a card: what it is, the file that says it, and what one of the file's units is. */
export interface CardFigure {
  readonly key: FigureKey;
  readonly path: string;
  readonly unit: number;
  /** Where a file lists the clocks that the card can run at: which of them is meant. */
  readonly clock: 'now' | 'highest' | null;
}
type FigureKey = Exclude<keyof GpuDeviceRaw, 'id' | 'name' | 'vendor' | 'driver'>;
type Source = readonly [file: string, unit: number, clock?: CardFigure['clock']];
type Sources = Partial<Readonly<Record<FigureKey, readonly Source[]>>>;

const megahertz = 1e6;

/**
 * Where drivers say what, the better place first: amdgpu (Documentation/gpu/amdgpu/thermal.rst and
 * driver-misc.rst), i915 (its sysfs of rps), xe (sysfs-driver-intel-xe-*). None but amdgpu tells everybody how busy a
 * card is.
 */
const ofDevice: Sources = {
  busy: [['device/gpu_busy_percent', 0.01]],
  memoryUsedBytes: [['device/mem_info_vram_used', 1]],
  memoryTotalBytes: [['device/mem_info_vram_total', 1]],
  frequencyHz: [
    ['gt/gt0/rps_act_freq_mhz', megahertz],
    ['gt_act_freq_mhz', megahertz],
    ['gt_cur_freq_mhz', megahertz],
    ['device/tile0/gt0/freq0/act_freq', megahertz],
    ['device/pp_dpm_sclk', megahertz, 'now'],
  ],
  maxFrequencyHz: [
    ['gt/gt0/rps_RP0_freq_mhz', megahertz],
    ['gt_RP0_freq_mhz', megahertz],
    ['gt_max_freq_mhz', megahertz],
    ['device/tile0/gt0/freq0/rp0_freq', megahertz],
    ['device/pp_dpm_sclk', megahertz, 'highest'],
  ],
  memoryFrequencyHz: [['device/pp_dpm_mclk', megahertz, 'now']],
};
const ofHwmon: Sources = {
  temperatureCelsius: [['temp1_input', 1e-3], ['temp2_input', 1e-3]],
  powerWatts: [['power1_average', 1e-6], ['power1_input', 1e-6]],
  powerLimitWatts: [['power1_cap', 1e-6], ['power1_max', 1e-6]],
  frequencyHz: [['freq1_input', 1]],
  memoryFrequencyHz: [['freq2_input', 1]],
  fan: [['pwm1', 1 / 255]],
}; // prettier-ignore

/** What a card's driver tells, from which files are there. */
export function findCardFigures({ folder, device }: DrmCard): CardFigure[] {
  const [hwmon] = readNames(join(device, 'hwmon')).filter((name) => /^hwmon\d+$/.test(name));
  const figures = new Map<FigureKey, CardFigure>();
  const add = (root: string, sources: Sources): void => {
    for (const [key, places] of Object.entries(sources) as [FigureKey, readonly Source[]][]) {
      const place = places.find(([file]) => existsSync(join(root, file)));
      if (!place || figures.has(key)) continue;
      figures.set(key, { key, path: join(root, place[0]), unit: place[1], clock: place[2] ?? null });
    }
  };
  if (hwmon !== undefined) add(join(device, 'hwmon', hwmon), ofHwmon);
  add(folder, ofDevice);
  return [...figures.values()];
}

/** A figure from its file's text; null where that says nothing that can be. */
export function parseCardFigure({ key, unit, clock }: CardFigure, text: string | null): number | null {
  const digits = text === null || clock === null ? text : findClock(text, clock);
  if (digits === null || !/^-?\d{1,15}$/.test(digits)) return null;
  const value = Number(digits) * unit;
  if (key === 'temperatureCelsius') return Math.abs(value) < 1_000 ? value : null;
  if (value < 0) return null;
  return key === 'busy' || key === 'fan' ? Math.min(1, value) : value;
}

/** Lines of `pp_dpm_sclk`: `1: 2100Mhz *`, the star being where the card runs now. */
function findClock(text: string, which: 'now' | 'highest'): string | null {
  const clocks = [...text.matchAll(/^\w+: (\d+)Mhz( \*)?$/gim)];
  if (which === 'now') return clocks.find(([, , star]) => star !== undefined)?.[1] ?? null;
  const highest = Math.max(...clocks.map(([, value]) => Number(value)));
  return Number.isFinite(highest) ? String(highest) : null;
}
