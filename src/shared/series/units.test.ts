import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { setLanguage } from '../texts/texts.ts';
import { plainFormats, setFormats, type Formats } from './formats.ts';
import {
  formatBytes,
  formatBytesPerSecond,
  formatCount,
  formatDate,
  formatDuration,
  formatMeasured,
  formatMilliseconds,
  formatMinutes,
  formatMoment,
  formatPerSecond,
  formatShare,
  formatTemperature,
  formatTime,
  formatTrafficPerSecond,
  formatWithPrefix,
  showText,
  type Shown,
} from './units.ts';

const use = (changed: Partial<Formats>): void => setFormats({ ...plainFormats, ...changed });

afterEach(async () => {
  setFormats(plainFormats);
  await setLanguage('en');
});

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

  it('shows bytes in decimal multiples where those were chosen', () => {
    use({ multiples: 'decimal' });
    expect([999, 1_000, 1_536, 25_276_502_016].map((bytes) => showText(formatBytes(bytes)))).toEqual(['999 B', '1.00 kB', '1.54 kB', '25.3 GB']); // prettier-ignore
    expect(showText(formatBytesPerSecond(2_048))).toBe('2.05 kB/s');
  });

  it('shows what a network carries in bits where those were chosen, and disks in bytes all the same', () => {
    expect(showText(formatTrafficPerSecond(131_072))).toBe('128 KiB/s');
    for (const multiples of ['binary', 'decimal'] as const) {
      use({ traffic: 'bits', multiples });
      expect([0, 100, 125, 131_072, 1.25e9].map((rate) => showText(formatTrafficPerSecond(rate)))).toEqual(['0 bit/s', '800 bit/s', '1.00 kbit/s', '1.05 Mbit/s', '10.0 Gbit/s']); // prettier-ignore
    }
    use({ traffic: 'bits' });
    expect(showText(formatBytesPerSecond(131_072))).toBe('128 KiB/s');
    expect(showText(formatTrafficPerSecond(null))).toBe('–');
  });

  it('shows temperatures in the scale that was chosen, and nothing else in it', () => {
    expect([showText(formatTemperature(41.5)), showText(formatTemperature(null))]).toEqual(['41.5 °C', '–']);
    use({ temperature: 'fahrenheit' });
    expect([-40, 0, 41.5, 100].map((celsius) => showText(formatTemperature(celsius)))).toEqual(['-40.0 °F', '32.0 °F', '107 °F', '212 °F']); // prettier-ignore
    expect(showText(formatMeasured(41.5, '°C'))).toBe('107 °F');
    expect(showText(formatMeasured(41.5, 'W'))).toBe('41.5 W');
  });

  it('writes numbers as the locale does', () => {
    use({ locale: 'de' });
    expect([formatShare(0.0716), formatBytes(1_536), formatMeasured(-54, 'dBm')].map(showText)).toEqual(['7,2 %', '1,50 KiB', '-54,0 dBm']); // prettier-ignore
    use({ locale: 'de-CH' });
    expect(showText(formatShare(0.0716))).toBe('7.2 %');
  });

  it('writes times by the locale and the clock', () => {
    const at = new Date(2026, 10, 25, 14, 5, 9).getTime();
    const plain = (text: string): string => text.replaceAll(/\s/g, ' ');
    const all = (): string[] => [formatTime(at), formatTime(at, 'minutes'), formatDate(at), formatMoment(at)].map(plain); // prettier-ignore
    expect(all()).toEqual(['2:05:09 PM', '2:05 PM', 'Nov 25, 2026', 'Nov 25, 2026, 2:05 PM']);
    use({ clock: '24h' });
    expect(all()).toEqual(['14:05:09', '14:05', 'Nov 25, 2026', 'Nov 25, 2026, 14:05']);
    use({ locale: 'de' });
    expect(all()).toEqual(['14:05:09', '14:05', '25.11.2026', '25.11.2026, 14:05']);
    use({ locale: 'de', clock: '12h' });
    expect(all()).toEqual(['02:05:09 PM', '02:05 PM', '25.11.2026', '25.11.2026, 02:05 PM']);
    use({ clock: '24h' });
    expect(formatTime(new Date(2026, 10, 25, 0, 5).getTime(), 'minutes')).toBe('00:05');
  });

  it('shows shares with one decimal and none at the full', () => {
    expect([0, 0.0716, 0.5, 0.9996, 1].map((share) => showText(formatShare(share)))).toEqual(['0.0 %', '7.2 %', '50.0 %', '100 %', '100 %']); // prettier-ignore
    expect(showText(formatShare(-0.000_01))).toBe('0.0 %');
  });

  it('shows counts with a decimal prefix', () => {
    expect([0, 12, 999, 1_000, 12_345, 3.14159, 9.9e9].map((count) => showText(formatCount(count)))).toEqual(['0', '12', '999', '1.00 k', '12.3 k', '3.14', '9.90 G']); // prettier-ignore
  });

  it('shows spans in their two largest parts', () => {
    expect([0, 59, 61, 3_600, 93_784, 86_400 * 400].map(formatDuration)).toEqual(['0 s', '59 s', '1 min 1 s', '1 h 0 min', '1 d 2 h', '400 d 0 h']); // prettier-ignore
    expect([0, 59, 61, 3_600, 93_784].map(formatMinutes)).toEqual(['0 min', '0 min', '1 min', '1 h', '1 d 2 h']); // prettier-ignore
  });

  it('shows spans by the catalogue of the language', async () => {
    await setLanguage('en-XA');
    expect(formatDuration(93_784)).toMatch(/^⟦1 d~+⟧ ⟦2 h~+⟧$/);
  });

  it('shows what is not known as a dash, never as zero', () => {
    for (const unknown of [null, undefined, NaN, Infinity]) {
      expect(showText(formatBytes(unknown))).toBe('–');
      expect(showText(formatBytesPerSecond(unknown))).toBe('–');
      expect(showText(formatShare(unknown))).toBe('–');
      expect(showText(formatCount(unknown))).toBe('–');
      expect([formatDuration(unknown), formatMinutes(unknown)]).toEqual(['–', '–']);
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

/** How many of the base one of each unit is: the exact names, and no others. */
const sizes: Readonly<Record<string, number>> = {
  B: 1,
  ...Object.fromEntries(
    ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'].map((unit, at) => [unit, 1024 ** (at + 1)]),
  ),
  ...Object.fromEntries(['kB', 'MB', 'GB', 'TB', 'PB', 'EB'].map((unit, at) => [unit, 1000 ** (at + 1)])),
  ...Object.fromEntries(['', 'k', 'M', 'G', 'T', 'P', 'E'].map((prefix, at) => [`${prefix}bit`, 1000 ** at / 8])), // prettier-ignore
};

/** Bytes, or bytes a second, from what is shown. */
function parseBack({ value, unit }: Shown): number {
  return Number(value.replace(',', '.')) * (sizes[unit.replace('/s', '')] ?? NaN);
}

describe('bytes and traffic, parsed back', () => {
  const formats = fc.record<Formats>({
    locale: fc.constantFrom('en', 'de', 'en-GB', 'de-CH'),
    multiples: fc.constantFrom('binary', 'decimal'),
    traffic: fc.constantFrom('bytes', 'bits'),
    temperature: fc.constant('celsius'),
    clock: fc.constant('system'),
  });
  const bytes = fc.oneof(
    fc.double({ min: 0, max: 1e20, noNaN: true }),
    // Around every step from one unit to the next.
    fc
      .tuple(
        fc.constantFrom(1_000, 1_024),
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0.9, max: 1.1, noNaN: true }),
      ) // prettier-ignore
      .map(([base, power, nudge]) => base ** power * nudge),
  );

  it('are within half of the last digit, in a unit of the kind that was chosen, and under its next', () => {
    fc.assert(
      fc.property(formats, bytes, (chosen, figure) => {
        setFormats(chosen);
        for (const shown of [
          formatBytes(figure),
          formatBytesPerSecond(figure),
          formatTrafficPerSecond(figure),
        ]) {
          const isBits = shown.unit.includes('bit');
          const back = parseBack(shown);
          // Three digits, of which binary units may begin with a nought ("0.98 KiB"); whole bytes and bits below.
          expect(Math.abs(back - figure)).toBeLessThanOrEqual(Math.max(figure * 0.005_2, isBits ? 1 / 16 : 0.5) * 1.000_001); // prettier-ignore
          expect(Number(shown.value.replace(',', '.'))).toBeLessThan(1_000);
          if (!isBits) expect(shown.unit.includes('iB')).toBe(chosen.multiples === 'binary' && figure >= 999.5); // prettier-ignore
        }
        expect(formatTrafficPerSecond(figure).unit.endsWith('bit/s')).toBe(chosen.traffic === 'bits');
      }),
    );
  });
});
