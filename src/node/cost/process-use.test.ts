import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProcessUse, readProcessUse, readWrittenBytes } from './process-use.ts';

const line = (name: string): string =>
  `4321 (${name}) S 1 4321 4321 0 -1 4194560 2310 9000 0 0 12 34 56 78 20 0 11 0 98627 1003133440 12345 1844674407370955161`;

describe('what a process has used', () => {
  it.each(['node', 'a) S 1 2 (b', ') ) )', 'x\ny'])('is found behind the name %j', (name) => {
    expect(parseProcessUse(line(name))).toEqual({
      name,
      cpuMs: 460,
      childCpuMs: 1_340,
      residentPages: 12_345,
    });
  });

  it('is not known of a text that is empty, cut off or absurd', () => {
    const whole = line('node');
    expect(parseProcessUse('')).toBeNull();
    expect(parseProcessUse(whole.slice(0, 60))).toBeNull();
    expect(parseProcessUse(whole.replace(' 12 34 ', ' -1 34 '))).toBeNull();
    expect(parseProcessUse(whole.replace(' 12 34 ', ' 99999999999999999999 34 '))).toBeNull();
  });

  it('is never negative and no number, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(150), (text, cut) => {
        for (const use of [parseProcessUse(text), parseProcessUse(line(text).slice(0, cut))]) {
          for (const figure of [use?.cpuMs ?? 0, use?.childCpuMs ?? 0, use?.residentPages ?? 0])
            expect(figure).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('is read of this very process, and is not known of one that has gone', () => {
    const { cpuMs, residentPages } = readProcessUse('/proc', 'self')!;
    expect(cpuMs).toBeGreaterThan(0);
    expect(residentPages * 4096).toBeGreaterThan(10e6);
    expect(readWrittenBytes('/proc', 'self')).toBeGreaterThanOrEqual(0);
    expect(readProcessUse('/proc', 4_194_304 + 1)).toBeNull();
    expect(readWrittenBytes('/proc', 4_194_304 + 1)).toBeNull();
  });
});
