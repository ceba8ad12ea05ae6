import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import type { UpdateChoice } from '../../shared/settings/app-settings.ts';
import type { UpdateOffReason, UpdateStatus } from '../../shared/updates/update-status.ts';
import type { Updater } from './updater.ts';
import { Updates } from './updates.ts';

const update = { version: '2.0.0', notes: 'new', sizeBytes: 100 };
const [minuteMs, hourMs] = [60_000, 3_600_000];

let folder: string;
let clock: FakeClock;
let scope: TaskScope;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pulsewire-updates-'));
  clock = new FakeClock();
  scope = new TaskScope('updates', { clock });
});
afterEach(async () => {
  await scope.close('over');
  await rm(folder, { recursive: true });
});

function start(choice: UpdateChoice = 'announce', offReason: UpdateOffReason | null = null) {
  const updater = {
    check: vi.fn<Updater['check']>(async () => update),
    download: vi.fn<Updater['download']>(async (onReceived) => onReceived(50)),
    install: vi.fn<Updater['install']>(async () => undefined),
    comeBack: vi.fn(),
  };
  const announce = vi.fn();
  const quit = vi.fn();
  const phases: UpdateStatus['phase'][] = [];
  const updates = new Updates({
    clock,
    log: () => undefined,
    scope,
    offReason,
    createUpdater: async () => updater,
    choice: () => choice,
    onChange: ({ phase }) => phases.push(phase),
    announce,
    quit,
    statePath: join(folder, 'updates.json'),
  });
  return { updates, updater, announce, quit, phases };
}

describe('what is done without being asked', () => {
  it('is nothing for a minute, then a look, which is said once a version', async () => {
    const { updates, updater, announce } = start();
    await clock.advance(minuteMs - 1);
    expect(updater.check).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(updates.status()).toEqual({ phase: 'available', update });
    await clock.advance(25 * hourMs);
    expect(updater.check).toHaveBeenCalledTimes(2);
    expect(announce.mock.calls).toEqual([[update]]);
    expect(updater.download).not.toHaveBeenCalled();
    expect(JSON.parse(await readFile(join(folder, 'updates.json'), 'utf8'))).toEqual({ announced: '2.0.0' });
    // Nor by the next start of the app.
    const next = start();
    await clock.advance(minuteMs);
    expect(next.updates.status().phase).toBe('available');
    expect(next.announce).not.toHaveBeenCalled();
  });

  it('is a download, too, where that was chosen, and no installation', async () => {
    const { updates, updater, announce, phases } = start('download');
    await clock.advance(minuteMs);
    expect(updates.status()).toEqual({ phase: 'ready', update, whenQuitting: false });
    expect(phases).toEqual(['checking', 'available', 'downloading', 'downloading', 'ready']);
    expect(announce).toHaveBeenCalledOnce();
    await updates.finish();
    expect(updater.install).not.toHaveBeenCalled();
  });

  it('is nothing where that was chosen, and where the app does not update itself', async () => {
    const off = start('off');
    await clock.advance(48 * hourMs);
    expect(off.updater.check).not.toHaveBeenCalled();
    await off.updates.check();
    expect(off.updates.status().phase).toBe('available');

    const never = start('download', 'policy');
    await clock.advance(48 * hourMs);
    await never.updates.check();
    await never.updates.download();
    never.updates.install('now');
    await never.updates.finish();
    expect(never.updates.status()).toEqual({ phase: 'off', reason: 'policy' });
    expect(
      [never.updater.check, never.updater.install, never.quit].flatMap(({ mock }) => mock.calls),
    ).toEqual([]);
  });

  it('is tried again within the hour where the server was not reached, else after a day', async () => {
    const { updates, updater } = start();
    updater.check.mockRejectedValueOnce(new Error('net::ERR_INTERNET_DISCONNECTED')).mockResolvedValue(null);
    await clock.advance(minuteMs);
    expect(updates.status()).toEqual({ phase: 'failed', during: 'check', why: 'offline', update: null });
    await clock.advance(hourMs);
    expect(updates.status().phase).toBe('idle');
    await clock.advance(23 * hourMs);
    expect(updater.check).toHaveBeenCalledTimes(2);
  });
});

describe('what is asked for', () => {
  it('is a download that can be taken back', async () => {
    const { updates, updater } = start();
    updater.download.mockImplementationOnce(
      (_onReceived, signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new Error('cancelled'))),
        ),
    );
    await updates.check();
    const download = updates.download();
    await clock.giveWay();
    expect(updates.status().phase).toBe('downloading');
    updates.cancel();
    await download;
    expect(updates.status()).toEqual({ phase: 'available', update });
    // One that is taken back before it has begun does not begin.
    const other = updates.download();
    updates.cancel();
    await other;
    expect(updater.download).toHaveBeenCalledOnce();
  });

  it('is an installation with a restart, or when the app is quit, or not after all', async () => {
    const { updates, updater, quit } = start();
    await updates.check();
    updates.install('now');
    expect(quit).not.toHaveBeenCalled();
    await updates.download();
    updates.install('whenQuitting');
    expect(updates.status()).toMatchObject({ phase: 'ready', whenQuitting: true });
    updates.install('later');
    await updates.finish();
    expect(updater.install).not.toHaveBeenCalled();
    updates.install('whenQuitting');
    await updates.finish();
    updates.install('now');
    await updates.finish();
    expect(updater.install.mock.calls).toEqual([[false], [true]]);
    expect(quit).toHaveBeenCalledOnce();
  });

  it('says what failed, and leaves the app as it is', async () => {
    const { updates, updater } = start();
    await updates.check();
    updater.download.mockRejectedValueOnce(
      Object.assign(new Error('sha512'), { code: 'ERR_CHECKSUM_MISMATCH' }),
    );
    await updates.download();
    expect(updates.status()).toEqual({ phase: 'failed', during: 'download', why: 'tampered', update });
    await updates.download();
    updater.install.mockRejectedValueOnce(Object.assign(new Error('no'), { code: 'EACCES' }));
    updates.install('whenQuitting');
    await updates.finish();
    expect(updates.status()).toMatchObject({ phase: 'failed', during: 'install', why: 'notWritable' });
    expect(updater.comeBack).not.toHaveBeenCalled();
    // Who asked for a restart gets one.
    await updates.download();
    updater.install.mockRejectedValueOnce(new Error('no'));
    updates.install('now');
    await updates.finish();
    expect(updater.comeBack).toHaveBeenCalledOnce();
  });
});
