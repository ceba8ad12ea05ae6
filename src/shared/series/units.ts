/** A figure as it is shown: the number with three significant digits, and its unit beside it. */
export interface Shown {
  readonly value: string;
  readonly unit: string;
}

/** What stands for a figure that is not known. */
const unknown: Shown = { value: '–', unit: '' };

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** Bytes in binary multiples: 1536 → 1.50 KiB. */
export function formatBytes(bytes: number | null | undefined): Shown {
  if (!isKnown(bytes)) return unknown;
  let [scaled, step] = [bytes, 0];
  // 1023.5 would be shown as 1024: it is 1.00 of the next unit.
  while (Math.abs(scaled) >= 999.5 && step < binaryUnits.length - 1) {
    scaled /= 1024;
    step++;
  }
  return { value: step === 0 ? String(Math.round(scaled)) : threeDigits(scaled), unit: binaryUnits[step]! };
}

/** Bytes a second in binary multiples. */
export function formatBytesPerSecond(bytesPerSecond: number | null | undefined): Shown {
  const { value, unit } = formatBytes(bytesPerSecond);
  return unit === '' ? unknown : { value, unit: `${unit}/s` };
}

/** A share of 1 as per cent: 0.0716 → 7.2 %. */
export function formatShare(share: number | null | undefined): Shown {
  if (!isKnown(share)) return unknown;
  const percent = share * 100;
  return { value: percent.toFixed(percent >= 99.95 ? 0 : 1), unit: '%' };
}

/** A count or a rate of events: 12345 → 12.3 k. */
export function formatCount(count: number | null | undefined): Shown {
  if (!isKnown(count)) return unknown;
  if (Math.abs(count) < 999.5)
    return { value: Number.isInteger(count) ? String(count) : threeDigits(count), unit: '' };
  const steps = ['k', 'M', 'G', 'T'] as const;
  let [scaled, step] = [count / 1_000, 0];
  while (Math.abs(scaled) >= 999.5 && step < steps.length - 1) {
    scaled /= 1_000;
    step++;
  }
  return { value: threeDigits(scaled), unit: steps[step]! };
}

/** A figure in a unit that takes SI prefixes: 3.4e9 Hz → 3.40 GHz. */
export function formatWithPrefix(figure: number | null | undefined, unit: string): Shown {
  const { value, unit: prefix } = formatCount(figure);
  return value === unknown.value ? unknown : { value, unit: `${prefix}${unit}` };
}

/** A short span: 0.42 ms, 12.5 ms, 3.20 s. */
export function formatMilliseconds(milliseconds: number | null | undefined): Shown {
  if (!isKnown(milliseconds)) return unknown;
  if (milliseconds === 0) return { value: '0', unit: 'ms' };
  return milliseconds < 999.5
    ? { value: threeDigits(milliseconds), unit: 'ms' }
    : { value: threeDigits(milliseconds / 1_000), unit: 's' };
}

/** A measured figure in a unit without prefixes: 41.5 °C, 1.21 V, 1200 rpm. */
export function formatMeasured(figure: number | null | undefined, unit: string): Shown {
  if (!isKnown(figure)) return unknown;
  return { value: Math.abs(figure) >= 999.5 ? figure.toFixed(0) : threeDigits(figure), unit };
}

/** A rate of events: 0.4 → 0.4 /s. Tenths are enough below ten, and nobody counts halves of packets above. */
export function formatPerSecond(perSecond: number | null | undefined): Shown {
  if (!isKnown(perSecond)) return unknown;
  const { value, unit } = formatCount(
    perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond),
  );
  return { value, unit: `${unit}/s` };
}

/** A span of seconds in its two largest parts: 93784 → "1 d 2 h". */
export function formatDuration(seconds: number | null | undefined): string {
  if (!isKnown(seconds)) return unknown.value;
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3_600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** Both parts in one text. */
export function showText({ value, unit }: Shown): string {
  return unit === '' ? value : `${value} ${unit}`;
}

function isKnown(figure: number | null | undefined): figure is number {
  return typeof figure === 'number' && Number.isFinite(figure);
}

function threeDigits(scaled: number): string {
  const size = Math.abs(scaled);
  return scaled.toFixed(size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2);
}
