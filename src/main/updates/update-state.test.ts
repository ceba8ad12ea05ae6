import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UpdateStatus } from '../../shared/updates/update-status.ts';
import { downloadable, mayCheck, nextUpdateStatus, type UpdateEvent } from './update-state.ts';

const update = { version: '2.0.0', notes: null, sizeBytes: 100 };
const idle: UpdateStatus = { phase: 'idle', checkedAtMs: null };

function run(...events: readonly UpdateEvent[]): UpdateStatus {
  return events.reduce(nextUpdateStatus, idle);
}
const found = [{ type: 'checkBegan' }, { type: 'found', update }] as const;
const ready = [...found, { type: 'downloadBegan' }, { type: 'downloaded' }] as const;

describe('updates', () => {
  it('come from a check by a download to what is ready, and are planned', () => {
    expect(run({ type: 'checkBegan' })).toEqual({ phase: 'checking' });
    expect(run(...found)).toEqual({ phase: 'available', update });
    expect(run(...found, { type: 'downloadBegan' }, { type: 'received', bytes: 7 })).toEqual({
      phase: 'downloading',
      update,
      receivedBytes: 7,
    });
    expect(run(...ready)).toEqual({ phase: 'ready', update, whenQuitting: false });
    expect(run(...ready, { type: 'planned', whenQuitting: true })).toMatchObject({ whenQuitting: true });
  });

  it('say what failed, and what it was about', () => {
    const failed = { type: 'failed', why: 'offline' } as const;
    expect(run({ type: 'checkBegan' }, failed)).toMatchObject({ during: 'check', update: null });
    expect(run(...found, { type: 'downloadBegan' }, failed)).toMatchObject({ during: 'download', update });
    expect(run(...ready, failed)).toMatchObject({ during: 'install', update });
    expect(run(failed)).toBe(idle);
  });

  it('can be fetched again after a failure, and looked for anew', () => {
    const failed = run(...found, { type: 'downloadBegan' }, { type: 'failed', why: 'missing' });
    expect(downloadable(failed)).toEqual(update);
    expect(mayCheck(failed)).toBe(true);
    expect(nextUpdateStatus(failed, { type: 'downloadBegan' })).toMatchObject({ phase: 'downloading' });
  });

  it('that are off stay off, whatever comes', () => {
    const event = fc.oneof(
      fc.constantFrom<UpdateEvent>(...ready, { type: 'cancelled' }, { type: 'failed', why: 'other' }),
      fc.nat().map((bytes): UpdateEvent => ({ type: 'received', bytes })),
    );
    const off: UpdateStatus = { phase: 'off', reason: 'policy' };
    fc.assert(fc.property(fc.array(event), (events) => events.reduce(nextUpdateStatus, off) === off));
  });

  it('go from one state to another by these ways alone', () => {
    const ways: Readonly<Record<string, readonly UpdateStatus['phase'][]>> = {
      idle: ['checking'],
      checking: ['idle', 'available', 'failed'],
      available: ['checking', 'downloading'],
      downloading: ['available', 'ready', 'failed'],
      ready: ['failed'],
      failed: ['checking', 'downloading'],
    };
    const event = fc.constantFrom<UpdateEvent>(
      ...ready,
      { type: 'cancelled' },
      { type: 'planned', whenQuitting: true },
      { type: 'failed', why: 'tampered' },
      { type: 'nothingNewer', atMs: 0 },
      { type: 'received', bytes: 1 },
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let state: UpdateStatus = idle;
        for (const each of events) {
          const next = nextUpdateStatus(state, each);
          if (next.phase !== state.phase) expect(ways[state.phase]).toContain(next.phase);
          state = next;
        }
      }),
      { numRuns: 500 },
    );
  });
});
