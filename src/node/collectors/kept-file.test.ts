import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeptFile, ReadBuffer } from './kept-file.ts';
import { readLinkTarget, readSmallFile } from './small-file.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulsewire-'));
  path = join(folder, 'stat');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('a kept file', () => {
  it('is read anew each time, through one descriptor', () => {
    using file = new KeptFile(path);
    writeFileSync(path, 'one');
    expect(file.read().toString()).toBe('one');
    const open = countDescriptors();
    for (let turn = 0; turn < 50; turn++) {
      writeFileSync(path, `turn ${turn}`);
      expect(file.read().toString()).toBe(`turn ${turn}`);
    }
    expect(countDescriptors()).toBe(open);
  });

  it('is read whole when it is larger than what it was read into', () => {
    using file = new KeptFile(path);
    for (const size of [10, 4_095, 4_096, 4_097, 100_000, 5]) {
      writeFileSync(path, 'x'.repeat(size));
      expect(file.read()).toHaveLength(size);
    }
  });

  it('is read whole in as few calls where its driver answers whole, whatever it shares its buffer with', () => {
    const buffer = new ReadBuffer(true);
    using file = new KeptFile(path, buffer);
    using other = new KeptFile(join(folder, 'other'), buffer);
    writeFileSync(join(folder, 'other'), 'other');
    for (const size of [10, 0, 4_095, 4_096, 4_097, 100_000, 5]) {
      writeFileSync(path, 'x'.repeat(size));
      expect(file.read().toString()).toBe('x'.repeat(size));
      expect(other.read().toString()).toBe('other');
    }
  });

  it('is unsupported where it does not exist, and read once it does', () => {
    using file = new KeptFile(path);
    expect(() => file.read()).toThrow('This kernel has no');
    expect(file.readIfThere()).toBeNull();
    writeFileSync(path, 'now');
    expect(file.read().toString()).toBe('now');
  });

  it('leaves no descriptor open when disposed, twice too', () => {
    const open = countDescriptors();
    const file = new KeptFile(path);
    writeFileSync(path, 'one');
    file.read();
    file[Symbol.dispose]();
    file[Symbol.dispose]();
    expect(countDescriptors()).toBe(open);
  });

  it('does not hang on a pipe or a folder in its place, and recovers by itself', () => {
    using file = new KeptFile(path);
    execFileSync('mkfifo', [path]);
    expect(() => file.read()).toThrow('is not a regular file');
    expect(readSmallFile(path)).toBeNull();
    expect(() => new KeptFile(folder).read()).toThrow('is not a regular file');
    writeFileSync(join(folder, 'next'), 'fine');
    renameSync(join(folder, 'next'), path);
    expect(file.read().toString()).toBe('fine');
  });
});

describe('a small file', () => {
  it('is read up to its limit and trimmed', () => {
    writeFileSync(path, ` ${'y'.repeat(9_000)} \n`);
    expect(readSmallFile(path)).toBe('y'.repeat(9_000));
    expect(readSmallFile(path, 101)).toBe('y'.repeat(100));
  });
});

/** How many descriptors of this process stand for the file; other tests open their own meanwhile. */
function countDescriptors(): number {
  if (process.platform !== 'linux') return 0;
  return readdirSync('/proc/self/fd').filter((fd) => readLinkTarget(`/proc/self/fd/${fd}`) === path).length;
}
