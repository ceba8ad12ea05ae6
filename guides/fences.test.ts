import { describe, expect, it } from 'vitest';
import { matchesOutput, parseFences } from './fences.ts';

describe('parseFences', () => {
  it('finds each block with its line, language, marks and heading', () => {
    const page = '# A\n\n```sh\necho 1\n```\n\n## `B` c\n\n```sh stays="Open  x" first\na\n\nb\n```\n';
    expect(parseFences(page)).toEqual([
      { line: 4, language: 'sh', marks: new Map(), text: 'echo 1\n', heading: 'A' },
      {
        line: 10,
        language: 'sh',
        marks: new Map([
          ['stays', 'Open  x'],
          ['first', ''],
        ]),
        text: 'a\n\nb\n',
        heading: 'B c',
      },
    ]);
  });

  it('takes a block in a list without its indentation', () => {
    const [fence] = parseFences('1. Do\n\n   ```sh\n   a \\\n     b\n\n   c\n   ```\n');
    expect(fence?.text).toBe('a \\\n  b\n\nc\n');
  });

  it('takes no heading and no fence out of a block', () => {
    const fences = parseFences('# A\n\n````md\n# not one\n```sh\nx\n```\n````\n\n```sh\ny\n```\n');
    expect(fences.map(({ heading, text }) => [heading, text])).toEqual([
      ['A', '# not one\n```sh\nx\n```\n'],
      ['A', 'y\n'],
    ]);
  });

  it('refuses a block without an end', () => {
    expect(() => parseFences('```sh\nx\n')).toThrow('line 1');
  });
});

describe('matchesOutput', () => {
  it('takes … for anything within a line', () => {
    expect(matchesOutput('a … (b)\n', 'a 1 2 (b)\n')).toBe(true);
    expect(matchesOutput('a …\n', 'a 1\nb\n')).toBe(false);
    expect(matchesOutput('a.b\n', 'axb\n')).toBe(false);
  });

  it('takes a line of … for any number of lines, none too', () => {
    for (const printed of ['a\nb\n', 'a\n1\n2\nb\n']) expect(matchesOutput('a\n…\nb\n', printed)).toBe(true);
    expect(matchesOutput('…\nb', 'a\nc')).toBe(false);
  });
});
