import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { parseCgroupPaths } from './cgroup.ts';
import { countCores, parseCpuMax } from './cpu/cpu-limit.ts';
import { parseLoad } from './cpu/linux.ts';
import { parseCpuStat } from './cpu/parse-stat.ts';
import { parseDiskstats } from './disk/parse-diskstats.ts';
import { parseMountinfo } from './filesystem/parse-mountinfo.ts';
import { parseOsName, parseUptime } from './host/linux.ts';
import { parseCpuinfo } from './host/parse-cpuinfo.ts';
import { parseSession } from './login/parse-session.ts';
import { parseUtmp } from './login/parse-utmp.ts';
import { parseArcstats } from './memory/parse-arcstats.ts';
import { parseMeminfo } from './memory/parse-meminfo.ts';
import { parseVmstat } from './memory/parse-vmstat.ts';
import { parseNetDev } from './network/parse-net-dev.ts';
import { parsePageBytes } from './page-size.ts';
import { parsePressure } from './parse-pressure.ts';

/** Throws where any number within is negative or none. */
function checkCounts(value: unknown): void {
  if (typeof value === 'number' && !(value >= 0 && value < Infinity)) throw new Error(`a figure of ${value}`);
  if (typeof value === 'object' && value !== null)
    for (const entry of Object.values(value)) checkCounts(entry);
}

describe('every parser', () => {
  const parsers: readonly ((bytes: Uint8Array) => unknown)[] = [
    parseCpuStat,
    (bytes) => parseLoad(Buffer.from(bytes)),
    (bytes) => parseMeminfo(Buffer.from(bytes)),
    (bytes) => parseVmstat(Buffer.from(bytes)),
    (bytes) => parseArcstats(Buffer.from(bytes)),
    parsePressure,
    (bytes) => parsePageBytes(bytes, 8, 'LE'),
    (bytes) => parsePageBytes(bytes, 4, 'BE'),
    (bytes) => parseUtmp(Buffer.from(bytes), 'x64'),
    (bytes) => parseUtmp(Buffer.from(bytes), 'arm64'),
    (bytes) => parseSession('1', new TextDecoder().decode(bytes)),
    (bytes) => countCores(new TextDecoder().decode(bytes)),
    parseNetDev,
    parseDiskstats,
    (bytes) => parseMountinfo(new TextDecoder().decode(bytes)),
    (bytes) => parseCpuinfo(new TextDecoder().decode(bytes)),
    (bytes) => parseCgroupPaths(new TextDecoder().decode(bytes)),
    (bytes) => parseCpuMax(new TextDecoder().decode(bytes)),
    parseUptime,
    (bytes) => parseOsName(new TextDecoder().decode(bytes)),
  ];
  const line = fc.constantFrom(
    'cpu',
    'cpu0 1 2 3',
    'MemTotal: 5 kB',
    'pswpin',
    'pswpout -5',
    'size 4 12',
    'some avg10=0.00 total=5',
    'USER=anna',
    'LEADER=99999999999999999999',
    '0-3,8',
    'eth0: 1',
    ' 8 0 sda 1 2 3',
    '0::/',
    '27 1 8:1 / / rw - ext4 a rw',
    ':',
    ' - ',
    '\t',
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc
      .array(fc.oneof(line, fc.string()), { maxLength: 20 })
      .map((lines) => new TextEncoder().encode(lines.join('\n'))),
  );

  it('fails on nothing but with a MonitorError, and gives no figure that cannot be', () => {
    fc.assert(
      fc.property(bytes, (input) => {
        for (const parse of parsers) {
          try {
            checkCounts(parse(input));
          } catch (thrown) {
            if (!(thrown instanceof MonitorError)) throw thrown;
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives back every counter of /proc/stat that was put in', () => {
    const times = fc.array(fc.nat({ max: 2 ** 31 - 1 }), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(fc.array(times, { minLength: 1, maxLength: 32 }), (cores) => {
        const text = `cpu  ${cores[0]!.join(' ')}\n${cores.map((core, id) => `cpu${id} ${core.join(' ')}\n`).join('')}ctxt 5\n`;
        const parsed = parseCpuStat(Buffer.from(text));
        expect(parsed.cores.map(({ times: found }) => Object.values(found))).toEqual(cores);
        expect(parsed.contextSwitches).toBe(5);
      }),
    );
  });

  const counter = fc.nat({ max: 2 ** 52 });
  const counters = (length: number): fc.Arbitrary<number[]> =>
    fc.array(counter, { minLength: length, maxLength: length });
  /** What the kernel allows in a name: no blank, no slash, no colon. */
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 15 })
    .filter((text) => !/[\s/:\0-\x20\x7f-\x9f]/u.test(text) && text === text.trim());

  it('gives back every interface that was put in, with the colon glued to the figure or not', () => {
    const entry = fc.record({ name, figures: counters(16), glue: fc.constantFrom('', ' ', '     ') });
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const text = `Inter-| Receive | Transmit\n face |bytes\n${entries.map(({ name: text, figures, glue }) => `  ${text}:${glue}${figures.join('  ')}\n`).join('')}`;
        const found = parseNetDev(Buffer.from(text)).map(({ name: text, ...rest }) => [text, ...Object.values(rest)]); // prettier-ignore
        expect(found).toEqual(entries.map(({ name: text, figures: f }) => [text, ...f.slice(0, 4), ...f.slice(8, 12)])); // prettier-ignore
      }),
    );
  });

  it('gives back every disk that was put in, whatever columns follow', () => {
    const entry = fc.record({ name, figures: counters(11), more: fc.constantFrom(0, 1, 4, 6, 9) });
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const text = entries.map(({ name: text, figures, more }, minor) => `   8 ${minor} ${text} ${[...figures, ...Array<number>(more).fill(7)].join(' ')}\n`).join(''); // prettier-ignore
        expect(parseDiskstats(Buffer.from(text))).toEqual(
          entries.map(({ name: text, figures: f, more }, minor) => ({
            name: text,
            number: `8:${minor}`,
            readOperations: f[0],
            readBytes: f[2]! * 512,
            readTimeMs: f[3],
            writeOperations: f[4],
            writtenBytes: f[6]! * 512,
            writeTimeMs: f[7],
            inFlight: f[8],
            busyTimeMs: f[9],
            queueTimeMs: f[10],
            discardOperations: more < 4 ? null : 7,
            discardedBytes: more < 4 ? null : 7 * 512,
            discardTimeMs: more < 4 ? null : 7,
            flushOperations: more < 6 ? null : 7,
            flushTimeMs: more < 6 ? null : 7,
          })),
        );
      }),
    );
  });

  it('gives back every mount point that was put in, blanks and backslashes too', () => {
    const escape = (text: string): string =>
      text.replace(/[ \t\n\\#]/g, (byte) => `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`);
    const point = fc
      .string({ unit: fc.constantFrom(' ', '\t', '\n', '\\', '#', 'a', 'ü', '<', '0', '4', '-'), minLength: 1, maxLength: 12 }); // prettier-ignore
    fc.assert(
      fc.property(fc.uniqueArray(point), (points) => {
        const text = points.map((path, minor) => `1 1 8:${minor} / /${escape(path)} rw shared:1 - ext4 ${escape(`d ${path}`)} rw\n`).join(''); // prettier-ignore
        const found = parseMountinfo(text).map(({ mountPoint, device }) => `${mountPoint}|${device}`);
        expect(found.sort()).toEqual(points.map((path) => `/${path}|d ${path}`).sort());
      }),
    );
  });

  it('gives back the memory that was put in, among lines of newer kernels', () => {
    fc.assert(
      fc.property(counters(4), ([total, free, swapTotal, swapFree]) => {
        const text = `MemTotal: ${total} kB\nSecPageTables:  3 kB\nMemFree:\t${free} kB\nSwapTotal:${swapTotal} kB\nSwapFree: ${swapFree} kB\nUnknown\n`;
        expect(parseMeminfo(Buffer.from(text))).toMatchObject({
          totalBytes: total! * 1024,
          freeBytes: free! * 1024,
          swapTotalBytes: swapTotal! * 1024,
          swapFreeBytes: swapFree! * 1024,
        });
      }),
    );
  });
});
