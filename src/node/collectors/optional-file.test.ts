import { execFileSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { OptionalFile } from './optional-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulsewire-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('a file that a machine may lack', () => {
  it('is null without a new try each time, and read some seconds after it has come', () => {
    const clock = new FakeClock();
    const path = join(folder, 'pressure');
    using file = new OptionalFile(clock, path);
    expect(file.read()).toBeNull();
    writeFileSync(path, 'now');
    expect(file.read()).toBeNull();
    clock.freeze(10_000);
    expect(file.read()?.toString()).toBe('now');
    writeFileSync(path, 'next');
    expect(file.read()?.toString()).toBe('next');
  });

  it('is null where a pipe, a folder or nothing that can be read stands in its place', () => {
    const clock = new FakeClock();
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    using file = new OptionalFile(clock, path);
    using place = new OptionalFile(clock, folder);
    using below = new OptionalFile(clock, join(path, 'below'));
    expect([file.read(), place.read(), below.read()]).toEqual([null, null, null]);
    writeFileSync(join(folder, 'next'), 'fine');
    renameSync(join(folder, 'next'), path);
    clock.freeze(10_000);
    expect(file.read()?.toString()).toBe('fine');
  });
});
