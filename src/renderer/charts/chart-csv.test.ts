import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nameFile } from './chart-export.ts';
import { toCsv } from './chart-csv.ts';

const x = Date.UTC(2026, 0, 6, 12);

it('has a header with units, times in UTC, values in base units, and nothing for what is unknown', () => {
  const readings = [
    { x, values: [0.25, NaN] },
    { x: x + 1_000.4, values: [1 / 3, 1_234_567_890] },
  ];
  expect(toCsv({ labels: ['Read', 'Written'], readings, measure: 'bytesPerSecond', timeLabel: 'Time' })).toBe(
    'Time (UTC),Read (B/s),Written (B/s)\r\n' +
      '2026-01-06T12:00:00.000Z,0.25,\r\n' +
      '2026-01-06T12:00:01.000Z,0.3333333,1234568000\r\n',
  );
});

/** As RFC 4180 says fields are read. */
function parseLine(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

it('keeps every name whole, whatever the machine calls its disks, and lets none become a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), (labels) => {
      const csv = toCsv({ labels, readings: [], measure: undefined, timeLabel: 'Time' });
      const fields = parseLine(csv.slice(0, -2));
      expect(fields).toHaveLength(labels.length + 1);
      labels.forEach((label, at) => {
        const field = fields[at + 1]!;
        expect(field.replace(/^'/, '')).toBe(label.replace(/^'/, ''));
        expect(field).not.toMatch(/^[=+\-@\t\r]/);
      });
    }),
  );
});

it('names a file after machine, chart and time, in letters that every file system takes', () => {
  expect(nameFile(['workbench', 'Disks compared: Read', '2026-01-06T12:00:00.123Z'])).toBe(
    'workbench_Disks-compared-Read_2026-01-06T12-00-00Z',
  );
  expect(nameFile(['', '../../etc/passwd', '$(touch x)'])).toBe('etc-passwd_touch-x');
});
