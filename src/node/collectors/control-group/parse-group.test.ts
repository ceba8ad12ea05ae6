import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFlatKey, parseIoStat, parseServiceBytes, parseSingle } from './parse-group.ts';

const none: ReadonlySet<string> = new Set();

describe('the files of a control group', () => {
  it('have figures after words, of which no other begins with the one that is looked for', () => {
    const text = Buffer.from('oom 1\noom_kill 7\noom_group_kill 9\n');
    expect(parseFlatKey(text, 'oom_kill')).toBe(7);
    expect(parseFlatKey(text, 'oom')).toBe(1);
    expect(parseFlatKey(text, 'absent')).toBeNull();
    expect(parseFlatKey(Buffer.from('usage_usec nonsense\n'), 'usage_usec')).toBeNull();
  });

  it('say max where there is no limit, and nothing where they are empty', () => {
    expect([parseSingle(Buffer.from('max\n')), parseSingle(Buffer.from('')), parseSingle(Buffer.from('5\n'))]).toEqual([null, null, 5]); // prettier-ignore
  });

  it('count traffic once where a volume stands on a disk', () => {
    const text = Buffer.from('253:0 rbytes=100 wbytes=20 rios=1 wios=1 dbytes=0 dios=0\n8:0 rbytes=100 wbytes=20 rios=1\n8:16 \n'); // prettier-ignore
    expect(parseIoStat(text, new Set(['253:0']))).toEqual({ readBytes: 100, writtenBytes: 20 });
    expect(parseIoStat(text, none)).toEqual({ readBytes: 200, writtenBytes: 40 });
    const old = Buffer.from('8:0 Read 5\n8:0 Write 6\n8:0 Sync 11\n8:0 Total 11\nTotal 11\n');
    expect(parseServiceBytes(old, none)).toEqual({ readBytes: 5, writtenBytes: 6 });
  });

  it('give figures that are finite and not negative, and end, whatever they hold', () => {
    const word = fc.constantFrom('8:0', ' ', 'rbytes=', 'wbytes=', '1', '-4', '99999999999999999999999', '\n', '\t', '\u0001', 'Read', 'Write', 'usage_usec'); // prettier-ignore
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.array(word).map((words) => Buffer.from(words.join('')))); // prettier-ignore
    fc.assert(
      fc.property(bytes, (input) => {
        const figures = [...Object.values(parseIoStat(input, none)), ...Object.values(parseServiceBytes(input, none)), parseFlatKey(input, 'usage_usec') ?? 0, parseSingle(input) ?? 0]; // prettier-ignore
        for (const figure of figures) expect(Number.isFinite(figure) && figure >= 0).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
