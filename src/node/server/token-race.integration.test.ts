import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { defaultLimits } from '../../shared/protocol/index.ts';
import { TokenStore } from './token-store.ts';

const root = join(import.meta.dirname, '../../..');
const outDir = join(root, 'node_modules/.cache', `token-changer-${process.pid}`);

describe('tokens that another process changes all the time', () => {
  let base: string;
  let folder: string;
  let warnings: string[];
  let running: ChildProcess[];
  const open = (): TokenStore =>
    new TokenStore({
      folder,
      clock: systemClock,
      limits: defaultLimits,
      log: (_, text) => warnings.push(text),
    });
  /** Starts one, and resolves once it is at work. */
  const change = async (
    id: string,
  ): Promise<{ child: ChildProcess; closed: Promise<unknown>; text: () => string }> => {
    const child = spawn(process.execPath, [join(outDir, 'token-changer.js'), folder, id], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.push(child);
    const closed = once(child, 'close');
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    while (!text.includes('started')) await once(child.stdout, 'data');
    return { child, closed, text: () => text };
  };
  beforeAll(async () => {
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      build: {
        ssr: join(import.meta.dirname, 'testing/token-changer.ts'),
        outDir,
        emptyOutDir: true,
        target: 'node20',
      },
    });
  });
  afterAll(() => rm(outDir, { recursive: true, force: true }));
  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'pulsewire-race-'));
    folder = join(base, 'tokens');
    [warnings, running] = [[], []];
  });
  afterEach(async () => {
    for (const child of running) child.kill('SIGKILL');
    await rm(base, { recursive: true, force: true });
  });

  it('lose none of our changes, and are gone for good when they are revoked in the middle', async () => {
    for (let round = 0; round < 10; round++) {
      const store = open();
      const { token, record } = await store.create({ name: 'first', scope: 'arguments' });
      const changers = [await change(record.id), await change(record.id)];
      // Changes of the name must not bring back the scope that was before.
      expect((await store.change(record.id, { scope: 'vitals' }))?.scope).toBe('vitals');
      const seen = await vi.waitUntil(async () => {
        const found = (await store.list()).find(({ id }) => id === record.id);
        return found?.name.startsWith('name ') === true && found;
      }, 10_000);
      expect(seen.scope).toBe('vitals');
      expect(await open().revoke(record.id)).toBe(true);
      await Promise.all(changers.map(({ closed }) => closed));
      // On a busy machine one of the two may have had no turn.
      const changes = changers.map(({ text }) => Number(text().split('\n')[1]));
      expect(Math.max(...changes)).toBeGreaterThan(0);
      expect(await open().verify(token)).toBeNull();
      await store.list();
      expect(await readdir(folder)).toEqual([]);
    }
    expect(warnings).toEqual([]);
  });

  it('are whole whenever that process is killed, and the next change goes through', async () => {
    const store = open();
    const { token, record } = await store.create({ name: 'first', scope: 'view' });
    for (let round = 0; round < 20; round++) {
      const { child, closed } = await change(record.id);
      await systemClock.sleep(round);
      child.kill('SIGKILL');
      await closed;
      expect((await open().verify(token))?.scope).toBe('view');
      expect(await open().change(record.id, { name: `after ${round}` })).toMatchObject({
        name: `after ${round}`,
      });
    }
    expect(warnings).toEqual([]);
    expect(await open().revoke(record.id)).toBe(true);
    expect(await open().verify(token)).toBeNull();
    await store.list();
    expect((await readdir(folder)).filter((name) => !name.endsWith('.new'))).toEqual([]);
  });
});
