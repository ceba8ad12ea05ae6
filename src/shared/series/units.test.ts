import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatBytesPerSecond,
  formatCount,
  formatDuration,
  formatMeasured,
  formatMilliseconds,
  formatPerSecond,
  formatShare,
  formatWithPrefix,
  showText,
} from './units.ts';

describe('units', () => {
  it('shows bytes in binary multiples with three digits', () => {
    const cases: [number, string][] = [
      [0, '0 B'],
      [999, '999 B'],
      [1000, '0.98 KiB'],
      [1536, '1.50 KiB'],
      [25_276_502_016, '23.5 GiB'],
      [2 ** 70, '1024 EiB'],
    ];
    for (const [bytes, text] of cases) expect(showText(formatBytes(bytes))).toBe(text);
    expect(showText(formatBytesPerSecond(2048))).toBe('2.00 KiB/s');
  });

  it('shows shares with one decimal and none at the full', () => {
    expect([0, 0.0716, 0.5, 0.9996, 1].map((share) => showText(formatShare(share)))).toEqual(['0.0 %', '7.2 %', '50.0 %', '100 %', '100 %']); // prettier-ignore
  });

  it('shows counts with a decimal prefix', () => {
    expect([0, 12, 999, 1_000, 12_345, 3.14159, 9.9e9].map((count) => showText(formatCount(count)))).toEqual(['0', '12', '999', '1.00 k', '12.3 k', '3.14', '9.90 G']); // prettier-ignore
  });

  it('shows spans in their two largest parts', () => {
    expect([0, 59, 61, 3_600, 93_784, 86_400 * 400].map(formatDuration)).toEqual(['0 s', '59 s', '1 min 1 s', '1 h 0 min', '1 d 2 h', '400 d 0 h']); // prettier-ignore
  });

  it('shows what is not known as a dash, never as zero', () => {
    for (const unknown of [null, undefined, NaN, Infinity]) {
      expect(showText(formatBytes(unknown))).toBe('–');
      expect(showText(formatBytesPerSecond(unknown))).toBe('–');
      expect(showText(formatShare(unknown))).toBe('–');
      expect(showText(formatCount(unknown))).toBe('–');
      expect(formatDuration(unknown)).toBe('–');
    }
  });

  it('never shows more than four digits of a figure', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e18, noNaN: true }), (figure) => {
        expect(formatBytes(figure).value.replace('.', '').length).toBeLessThanOrEqual(4);
        expect(formatCount(Math.floor(figure / 1e5)).value.replace('.', '').length).toBeLessThanOrEqual(5);
      }),
    );
  });

  it('shows frequencies, spans, rates and measured figures with the unit that reads best', () => {
    expect(showText(formatWithPrefix(3.4e9, 'Hz'))).toBe('3.40 GHz');
    expect(showText(formatWithPrefix(0, 'bit/s'))).toBe('0 bit/s');
    expect(showText(formatMilliseconds(0.418))).toBe('0.42 ms');
    expect(showText(formatMilliseconds(1_530))).toBe('1.53 s');
    expect(showText(formatMeasured(-54, 'dBm'))).toBe('-54.0 dBm');
    expect(showText(formatMeasured(12_345, 'rpm'))).toBe('12345 rpm');
    expect(showText(formatPerSecond(0.44))).toBe('0.40 /s');
  });

  it('has a dash without a unit for what is not known', () => {
    for (const format of [formatMilliseconds, formatPerSecond]) expect(showText(format(null))).toBe('–');
    expect(showText(formatWithPrefix(undefined, 'Hz'))).toBe('–');
    expect(showText(formatMeasured(Number.NaN, 'V'))).toBe('–');
  });
});
