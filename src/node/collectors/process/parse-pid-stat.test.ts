import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPidStat, parsePidStat, type PidStat } from './parse-pid-stat.ts';
import { formatStat, type MadeProcess } from './testing/process-tree.ts';

function parse(bytes: Buffer | string, length?: number): (PidStat & { name: string }) | null {
  const buffer = Buffer.from(bytes);
  const stat = createPidStat();
  if (!parsePidStat(buffer, length ?? buffer.length, stat)) return null;
  return { ...stat, name: buffer.toString('utf8', stat.nameStart, stat.nameEnd) };
}

describe('/proc/PID/stat', () => {
  it('is parsed as kernel 6.18 wrote it', () => {
    const text = '26144 (cat) R 26121 26121 13404 0 -1 4194304 98 0 0 0 0 0 0 0 20 0 1 0 522898 3133440 359 18446744073709551615 94542339948544 94542339968425 140727284438224 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 94542339984432 94542339986048 94543265456128 140727284439580 140727284439600 140727284439600 140727284441067 0\n'; // prettier-ignore
    expect(parse(text)).toMatchObject({ pid: 26144, name: 'cat', state: 'R', parentPid: 26121, isKernelThread: false, cpuTicks: 0, nice: 0, threadCount: 1, startTicks: 522898, residentPages: 359 }); // prettier-ignore
  });

  it('knows a thread of the kernel by its flag', () => {
    const text = '2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 0 0 0 20 0 1 0 26 0 0 18446744073709551615 0 0 0 0 0 0 0 2147483647 0 1 0 0 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n'; // prettier-ignore
    expect(parse(text)).toMatchObject({
      isKernelThread: true,
      parentPid: 0,
      name: 'kthreadd',
      startTicks: 26,
    });
  });

  it('is parsed with the 44 columns that a 2.6.32 kernel has', () => {
    const text = '1204 (rsyslogd) S 1 1204 1204 0 -1 4202816 1027 0 1 0 55 123 0 0 20 -5 4 0 3214 255180800 417 18446744073709551615 1 1 0 0 0 0 0 16781830 1133601 18446744073709551615 0 0 17 0 0 0 11 0 0\n'; // prettier-ignore
    expect(parse(text)).toMatchObject({ pid: 1204, name: 'rsyslogd', cpuTicks: 178, nice: -5, threadCount: 4, startTicks: 3214, residentPages: 417 }); // prettier-ignore
  });

  it.each([
    ['brackets', 'a) R 1 1 (b'],
    ['a line break', 'two\nlines'],
    ['nothing', ''],
    ['terminal escapes', '\u001b]0;x\u0007\u001b[2J'],
    ['HTML', '<img src=x one'],
    ['shell text', '$(touch x);`id`'],
    ['only brackets', ')))((('],
    ['no Latin letters', 'страж'],
  ])('has a name of %s', (_, name) => {
    expect(parse(formatStat(42, { name, cpuTicks: 9 }))).toMatchObject({ name, state: 'S', cpuTicks: 9 });
  });

  it.each([
    ['empty', ''],
    ['without a name', '12 sh S 1 2 3'],
    ['ended after the name', '12 (sh)'],
    ['ended after the state', '12 (sh) S'],
    [
      'of words',
      '12 (sh) S one two three four five six seven eight nine ten eleven twelve a b c d e f g h\n',
    ],
    ['of NULs', '\0'.repeat(300)],
    ['without a number', '(sh) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22\n'],
    ['of absurd numbers', `5 (sh) S ${'9'.repeat(400)} `.padEnd(900, '9 ')],
  ])('that is %s is refused', (_, text) => {
    expect(parse(text)).toBeNull();
  });

  it('is refused where it is cut short, wherever that is, or gives what the whole gives', () => {
    const bytes = formatStat(321, { name: 'a (b) c', cpuTicks: 777, residentPages: 12_345 });
    const whole = parse(bytes);
    for (let length = 0; length < bytes.length; length++) {
      const cut = parse(bytes, length);
      if (cut) expect(cut).toEqual(whole);
    }
  });

  it('gives back what was written, whatever the name', () => {
    const made = fc.record({
      name: fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
      state: fc.constantFrom('R', 'S', 'D', 'T', 't', 'Z', 'X', 'I'),
      parentPid: fc.nat(),
      cpuTicks: fc.nat(),
      nice: fc.integer({ min: -20, max: 19 }),
      threads: fc.nat({ max: 100_000 }),
      startTicks: fc.nat(),
      residentPages: fc.nat(),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 22 }), made, (pid, process) => {
        const { name, threads, ...figures } = process satisfies MadeProcess;
        const bytes = formatStat(pid, process);
        const stat = createPidStat();
        expect(parsePidStat(bytes, bytes.length, stat)).toBe(true);
        expect(stat).toMatchObject({ pid, threadCount: threads, ...figures });
        expect(bytes.subarray(stat.nameStart, stat.nameEnd).equals(name)).toBe(true);
      }),
    );
  });

  it('gives no figure that is negative or none, whatever bytes it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 60 }), (noise, at) => {
        const bytes = formatStat(7, { cpuTicks: 5 });
        bytes.set(noise.subarray(0, 20), at);
        const stat = parse(bytes);
        if (!stat) return;
        const { cpuTicks, threadCount, startTicks, residentPages, pid } = stat;
        for (const figure of [cpuTicks, threadCount, startTicks, residentPages, pid]) {
          expect(Number.isSafeInteger(figure) && figure >= 0).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
