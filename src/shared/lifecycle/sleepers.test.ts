import { describe, expect, it, vi } from 'vitest';
import { Sleepers } from './sleepers.ts';

describe('Sleepers', () => {
  it('names who is due first, and of two at the same time who fell asleep first', async () => {
    const sleepers = new Sleepers();
    const woken: string[] = [];
    const sleep = (name: string, dueMs: number) => sleepers.sleepUntil(dueMs).then(() => woken.push(name));
    const all = [sleep('late', 20), sleep('first', 10), sleep('second', 10)];
    while (sleepers.size > 0) {
      sleepers.first()?.wake();
      await Promise.resolve();
    }
    await Promise.all(all);
    expect(woken).toEqual(['first', 'second', 'late']);
    expect(sleepers.first()).toBeUndefined();
  });

  it('lets whoever gives up go, and says each time that something has changed', async () => {
    const changed = vi.fn();
    const sleepers = new Sleepers(changed);
    const controller = new AbortController();
    const { signal } = controller;
    const sleep = sleepers.sleepUntil(10, signal);
    expect([sleepers.size, changed.mock.calls.length]).toEqual([1, 1]);
    controller.abort(new Error('given up'));
    await expect(sleep).rejects.toThrow('given up');
    expect([sleepers.size, changed.mock.calls.length]).toEqual([0, 2]);
    await expect(sleepers.sleepUntil(10, signal)).rejects.toThrow('given up');
    expect([sleepers.size, changed.mock.calls.length]).toEqual([0, 2]);
  });
});
