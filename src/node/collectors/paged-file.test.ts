import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PagedFile } from './paged-file.ts';

const signal = new AbortController().signal;
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulsewire-pages-'));
  path = join(folder, 'table');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function scan(file: PagedFile): Promise<string[]> {
  const parts: string[] = [];
  await file.scan(signal, (lines) => parts.push(lines.toString()) > 0);
  return parts;
}

it('hands over every line once and whole, whatever their lengths are', async () => {
  using file = new PagedFile(path);
  const line = fc.nat({ max: 3_000 }).map((length) => 'x'.repeat(length));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 12 }), fc.boolean(), async (lines, ends) => {
      const text = lines.map((each, at) => `${at}${each}`).join('\n') + (ends ? '\n' : '');
      writeFileSync(path, text);
      const parts = await scan(file);
      expect(parts.join('')).toBe(text);
      for (const part of parts.slice(0, -1)) expect(part.endsWith('\n')).toBe(true);
    }),
    { numRuns: 100 },
  );
});

it('passes over a line longer than a page and hands over those around it', async () => {
  using file = new PagedFile(path);
  writeFileSync(path, `before\n${'y'.repeat(50_000)}\nafter\n${'z'.repeat(9_000)}`);
  expect((await scan(file)).join('')).toBe('before\nafter\n');
});

it('stops as soon as it is told to', async () => {
  using file = new PagedFile(path);
  writeFileSync(path, 'a line\n'.repeat(10_000));
  let parts = 0;
  await file.scan(signal, () => ++parts < 2);
  expect(parts).toBe(2);
});

it('says what is wrong with a pipe, a missing file and an end by its signal, and recovers', async () => {
  using file = new PagedFile(path);
  await expect(scan(file)).rejects.toMatchObject({ code: 'unsupported' });
  execFileSync('mkfifo', [path]);
  await expect(scan(file)).rejects.toThrow('is not a regular file');
  rmSync(path);
  writeFileSync(path, 'fine\n');
  const controller = new AbortController();
  const ended = file.scan(controller.signal, () => true);
  controller.abort(new Error('Enough.'));
  await expect(ended).rejects.toThrow('Enough.');
  expect(await scan(file)).toEqual(['fine\n']);
});

it.runIf(process.platform === 'linux')('reads a table of the kernel as others do', async () => {
  using file = new PagedFile('/proc/self/smaps');
  const sizes = (text: string): number => text.match(/^Size:/gm)?.length ?? 0;
  const found = sizes((await scan(file)).join(''));
  expect(found).toBeGreaterThan(30);
});
