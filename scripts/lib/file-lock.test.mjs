import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withFileLock } from './file-lock.mjs';

let folder = '';
let path = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pulsewire-lock-'));
  path = join(folder, 'deep', 'lock');
});

afterEach(() => rm(folder, { recursive: true }));

describe('withFileLock', () => {
  it('lets one in at a time', async () => {
    let inside = 0;
    let most = 0;
    const body = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((done) => setImmediate(done));
      inside -= 1;
      return most;
    };
    await Promise.all([1, 2, 3].map(() => withFileLock(path, 5000, body)));
    expect(most).toBe(1);
  });

  it('is given back where the body fails', async () => {
    const failing = withFileLock(path, 5000, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    await expect(access(path)).rejects.toThrow();
  });

  it('is taken over from a process that has died', async () => {
    await withFileLock(path, 0, async () => {});
    await writeFile(path, String(2 ** 22 + 1));
    expect(await withFileLock(path, 0, async () => 'in')).toBe('in');
  });

  it('says who holds it when patience ends', async () => {
    await withFileLock(path, 0, async () => {
      await expect(withFileLock(path, 0, async () => {})).rejects.toThrow(
        `Process ${process.pid} has been busy`,
      );
    });
  });
});
