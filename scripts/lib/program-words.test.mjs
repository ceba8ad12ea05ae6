import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { collectProgramWords, splitWords } from './program-words.mjs';
import { projectFolder } from './project.mjs';

it('splits sentences into words of ours, and takes nothing for one that may be a name', () => {
  expect(splitWords('The file ${path} cannot be "read": see --data-dir, /proc/stat or bob.example.')).toEqual(
    ['The', 'file', 'cannot', 'be', 'read', 'see', '--data-dir', '/proc/stat', 'or'],
  );
});

it('knows nearly every word of the program’s sentences, so that a bundle can be read', async () => {
  const now = await collectProgramWords(projectFolder);
  const path = join(projectFolder, 'src', 'node', 'diagnostics', 'program-words.ts');
  const written = new Set((await readFile(path, 'utf8')).match(/[\w/-]{2,}/g));
  const missing = now.filter((word) => !written.has(word));
  // A few that a change has brought are masked until `node scripts/generate-program-words.mjs` is run.
  expect(now.length).toBeGreaterThan(500);
  expect(missing.length, missing.join(' ')).toBeLessThan(now.length * 0.08);
});
