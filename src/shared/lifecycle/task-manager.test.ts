import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { TaskManager } from './task-manager.ts';

describe('TaskManager', () => {
  it('closes one client and leaves the others alone', async () => {
    const clock = new FakeClock();
    const tasks = new TaskManager({ clock });
    for (const id of ['a', 'b']) tasks.open(id).loop('ticks', 100, () => undefined);
    await clock.advance(250);
    await tasks.close('a', 'window closed');
    expect(tasks.has('a')).toBe(false);
    expect(tasks.live().map((scope) => [scope.name, scope.tasks[0]?.ticks])).toEqual([['b', 2]]);
    expect(tasks.closedClients()).toMatchObject([{ clientId: 'a', reason: 'window closed', tasksLeft: 0 }]);
    await tasks.closeAll('end');
    expect(tasks.live()).toEqual([]);
    expect(clock.sleeping).toBe(0);
  });

  it('treats a second close of a client as the first, and an unknown one as nothing', async () => {
    const tasks = new TaskManager({ clock: new FakeClock() });
    tasks.open('a');
    const [first, second] = await Promise.all([tasks.close('a', 'one'), tasks.close('a', 'two')]);
    expect(second).toBe(first);
    expect(await tasks.close('a', 'three')).toBeNull();
    expect(tasks.closedClients()).toHaveLength(1);
  });

  it('names what a client left running, and tells of it', async () => {
    const clock = new FakeClock();
    const onDefect = vi.fn();
    const tasks = new TaskManager({ clock, closeDeadlineMs: 200, onDefect });
    tasks.open('a').spawn('stuck', () => new Promise(() => undefined));
    await clock.advance(1);
    const closing = tasks.close('a', 'test');
    await clock.advance(1_000);
    expect((await closing)?.notStopped).toEqual(['host/a/stuck']);
    expect(tasks.closedClients()[0]?.tasksLeft).toBe(1);
    expect(onDefect).toHaveBeenCalledWith('Client "a" left running: host/a/stuck');
  });

  it('refuses a client id that is in use', () => {
    const tasks = new TaskManager({ clock: new FakeClock() });
    tasks.open('a');
    expect(() => tasks.open('a')).toThrow('open already');
  });

  it('closes thousands of clients without one slowing the next', async () => {
    const clock = new FakeClock();
    const tasks = new TaskManager({ clock });
    for (let index = 0; index < 5_000; index++)
      tasks.open(`client ${index}`).adopt('socket', () => undefined);
    await tasks.closeAll('end');
    expect(tasks.clientCount).toBe(0);
    expect(tasks.live()).toEqual([]);
  });
});
