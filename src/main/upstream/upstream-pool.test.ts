import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import { UpstreamPool } from './upstream-pool.ts';

/** A mirror that only notes how often it was closed. */
class FakeMirror {
  closes = 0;
  readonly hostId: string;

  constructor(hostId: string) {
    this.hostId = hostId;
  }

  async close(): Promise<void> {
    this.closes++;
  }
}

function build() {
  const clock = new FakeClock();
  const made: FakeMirror[] = [];
  const pool = new UpstreamPool((hostId) => {
    const mirror = new FakeMirror(hostId);
    made.push(mirror);
    return mirror;
  });
  const openWindow = (): TaskScope => new TaskScope('window', { clock });
  const closeWindow = async (window: TaskScope): Promise<void> => {
    const closing = window.close('test');
    await clock.advance(0);
    await closing;
  };
  return { clock, made, pool, openWindow, closeWindow };
}

describe('UpstreamPool', () => {
  it('gives windows of one host one connection, and ends it with the last of them', async () => {
    const { made, pool, openWindow, closeWindow } = build();
    const [one, two] = [openWindow(), openWindow()];
    expect(pool.join('box', one)).toBe(pool.join('box', two));
    expect([made.length, pool.holdersOf('box')]).toEqual([1, 2]);
    await closeWindow(one);
    expect([made[0]!.closes, pool.size]).toEqual([0, 1]);
    await closeWindow(two);
    expect([made[0]!.closes, pool.size]).toEqual([1, 0]);
  });

  it('gives who joins after a renewal a new connection, and lets those who hold the old one go without harm', async () => {
    const { made, pool, openWindow, closeWindow } = build();
    const [one, two] = [openWindow(), openWindow()];
    const old = pool.join('box', one);
    pool.join('box', two);
    pool.renew('box');
    expect([old.closes, pool.size]).toEqual([1, 0]);
    const renewed = pool.join('box', one);
    expect(renewed).not.toBe(old);
    await closeWindow(two);
    expect([renewed.closes, pool.holdersOf('box')]).toEqual([0, 1]);
    await closeWindow(one);
    expect(made.map(({ closes }) => closes)).toEqual([1, 1]);
    pool.renew('box');
    expect(pool.size).toBe(0);
  });

  it('gives nothing to a window that closes, nor to anybody after its own end', async () => {
    const { made, pool, openWindow, closeWindow } = build();
    const window = openWindow();
    pool.join('box', window);
    await pool.close();
    expect(made[0]!.closes).toBe(1);
    expect(() => pool.join('box', openWindow())).toThrow(expect.objectContaining({ code: 'closed' }));
    await closeWindow(window);
    expect(made[0]!.closes).toBe(1);
    const { pool: other } = build();
    expect(() => other.join('box', window)).toThrow(expect.objectContaining({ code: 'closed' }));
    expect(other.size).toBe(0);
  });

  it('has a connection exactly as long as somebody holds it, whatever the order', async () => {
    const host = fc.constantFrom('a', 'b', 'c');
    const step = fc.oneof(
      fc.record({ type: fc.constant('open' as const), host }),
      fc.record({ type: fc.constant('again' as const), host, at: fc.nat(20) }),
      fc.record({ type: fc.constant('close' as const), at: fc.nat(20) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { made, pool, openWindow, closeWindow } = build();
        const windows: { scope: TaskScope; hosts: Set<string> }[] = [];
        for (const next of steps) {
          if (next.type === 'open') {
            const scope = openWindow();
            pool.join(next.host, scope);
            windows.push({ scope, hosts: new Set([next.host]) });
          } else if (windows.length > 0) {
            const at = next.at % windows.length;
            const window = windows[at]!;
            if (next.type === 'again') {
              pool.join(next.host, window.scope);
              window.hosts.add(next.host);
            } else {
              windows.splice(at, 1);
              await closeWindow(window.scope);
            }
          }
          for (const id of ['a', 'b', 'c']) {
            const holders = windows.filter(({ hosts }) => hosts.has(id)).length;
            const open = made.filter(({ hostId, closes }) => hostId === id && closes === 0);
            expect([id, pool.holdersOf(id), open.length]).toEqual([id, holders, holders > 0 ? 1 : 0]);
          }
          expect(made.every(({ closes }) => closes <= 1)).toBe(true);
        }
        for (const { scope } of windows) await closeWindow(scope);
        expect(pool.size).toBe(0);
        expect(made.every(({ closes }) => closes === 1)).toBe(true);
      }),
    );
  });
});
