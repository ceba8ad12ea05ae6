import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { MonitorError } from './monitor-error.ts';
import { TaskScope } from './task-scope.ts';

function open(closeDeadlineMs = 1_000): { clock: FakeClock; scope: TaskScope } {
  const clock = new FakeClock();
  return { clock, scope: new TaskScope('root', { clock, closeDeadlineMs }) };
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
const never = (): Promise<void> => new Promise(() => undefined);

describe('TaskScope', () => {
  it('resolves its close only after every task has come to its end', async () => {
    const { clock, scope } = open();
    let ended = false;
    scope.spawn('slow to stop', async (signal) => {
      await untilAborted(signal).catch(() => undefined);
      await clock.sleep(300);
      ended = true;
    });
    await clock.advance(1);
    const closing = scope.close('test');
    await clock.advance(299);
    expect(ended).toBe(false);
    await clock.advance(1);
    expect((await closing).notStopped).toEqual([]);
    expect(ended).toBe(true);
    expect(clock.sleeping).toBe(0);
  });

  it('runs clean-up in the reverse of registration, each awaited before the next', async () => {
    const { clock, scope } = open();
    const order: string[] = [];
    for (const name of ['first', 'second', 'third']) {
      scope.adopt(name, async () => {
        await clock.sleep(10);
        order.push(name);
      });
    }
    const closing = scope.close('test');
    await clock.advance(30);
    await closing;
    expect(order).toEqual(['third', 'second', 'first']);
  });

  it('names a stuck task and still ends the rest', async () => {
    const { clock, scope } = open(1_000);
    const cleaned = vi.fn();
    scope.adopt('before', cleaned);
    scope.spawn('stuck', never);
    scope.child('inner').spawn('also stuck', never);
    scope.adopt('after', async () => {
      await clock.sleep(50);
      cleaned();
    });
    await clock.advance(1);
    const closing = scope.close('test');
    await clock.advance(2_000);
    const report = await closing;
    expect([...report.notStopped].sort()).toEqual(['root/inner/also stuck', 'root/stuck']);
    expect(cleaned).toHaveBeenCalledTimes(2);
    expect(scope.state).toBe('closed');
    expect(clock.sleeping).toBe(0);
  });

  it('goes on listing what did not stop until it does', async () => {
    const clock = new FakeClock();
    const root = new TaskScope('root', { clock, closeDeadlineMs: 100 });
    const child = root.child('client');
    let release: () => void = () => undefined;
    child.spawn('stuck', () => new Promise<void>((resolve) => (release = resolve)));
    await clock.advance(1);
    const closing = child.close('test');
    await clock.advance(200);
    await closing;
    expect(root.taskCount).toBe(1);
    release();
    await clock.advance(1);
    expect(root.snapshot().children).toEqual([]);
  });

  it('closes once however often it is asked, and gives everybody the same report', async () => {
    const { scope } = open();
    const cleaned = vi.fn();
    scope.adopt('resource', cleaned);
    const [first, second] = await Promise.all([scope.close('one'), scope.close('two')]);
    expect(first).toBe(second);
    expect(first.reason).toBe('one');
    expect(cleaned).toHaveBeenCalledTimes(1);
  });

  it('refuses to start anything once it is closing, and ends at once what it is given to own', async () => {
    const { scope } = open();
    const closing = scope.close('test');
    expect(() => scope.spawn('late', never)).toThrow(MonitorError);
    expect(() => scope.loop('late', 10, () => undefined)).toThrow('was not started');
    expect(() => scope.child('late')).toThrow('was not started');
    const cleaned = vi.fn();
    const release = scope.adopt('late', cleaned);
    expect(cleaned).toHaveBeenCalledTimes(1);
    await release();
    await closing;
    expect(cleaned).toHaveBeenCalledTimes(1);
  });

  it('reports a task that fails by itself and keeps its siblings running', async () => {
    const clock = new FakeClock();
    const onTaskFailed = vi.fn();
    const scope = new TaskScope('root', { clock, onTaskFailed });
    const failed = scope.spawn('fails', () => Promise.reject(new Error('disk on fire')));
    const sibling = scope.spawn('goes on', untilAborted);
    await clock.advance(1);
    expect(await failed.done).toMatchObject({ status: 'failed', error: { message: 'disk on fire' } });
    expect(onTaskFailed).toHaveBeenCalledTimes(1);
    expect(sibling.settled).toBe(false);
    await scope.close('test');
    expect(await sibling.done).toEqual({ status: 'aborted' });
  });

  it('gathers what clean-up throws, and goes on cleaning up', async () => {
    const { scope } = open();
    const cleaned = vi.fn();
    scope.adopt('first', cleaned);
    scope.adopt('second', () => {
      throw new Error('no such socket');
    });
    const report = await scope.close('test');
    expect(report.errors.map((error) => error.message)).toEqual(['no such socket']);
    expect(cleaned).toHaveBeenCalledTimes(1);
  });

  it('keeps a loop on its grid, skips points that a long turn ran over, and counts turns that throw', async () => {
    const { clock, scope } = open();
    const turns: number[] = [];
    const task = scope.loop('loop', 100, async () => {
      turns.push(clock.monotonic());
      if (turns.length === 2) await clock.sleep(250);
      if (turns.length === 3) throw new Error('once');
    });
    await clock.advance(700);
    expect(turns).toEqual([100, 200, 500, 600, 700]);
    expect(task.snapshot()).toMatchObject({ errors: 1, ticks: 5, lastError: 'internal: once' });
    await scope.close('test');
    expect(clock.sleeping).toBe(0);
  });

  it('leaves nothing behind under any interleaving of spawn, adopt, child, failure, release, cancel and close', async () => {
    const action = fc.record({
      kind: fc.constantFrom(
        'finish',
        'obey',
        'linger',
        'fail',
        'stuck',
        'adopt',
        'adoptSlow',
        'adoptThrow',
        'child',
        'closeChild',
        'release',
        'cancel',
        'wait',
      ),
      at: fc.nat({ max: 5 }),
      ms: fc.integer({ min: 0, max: 120 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 40 }), fc.boolean(), async (actions, closeTwice) => {
        const clock = new FakeClock();
        const root = new TaskScope('root', { clock, closeDeadlineMs: 400 });
        const scopes = [root];
        const tasks: { task: ReturnType<TaskScope['spawn']>; isStuck: () => boolean }[] = [];
        const resources: { ended: number; release: () => unknown; scope: TaskScope; order: number }[] = [];
        const endings: { scope: TaskScope; order: number }[] = [];
        const closed = new Map<TaskScope, Promise<unknown>>();
        for (const { kind, at, ms } of actions) {
          const scope = scopes[at % scopes.length]!;
          const isOpen = scope.state === 'open';
          const spawn = (run: (signal: AbortSignal) => Promise<void>, stuck = false): void => {
            if (!isOpen) return expect(() => scope.spawn('late', run)).toThrow(MonitorError);
            // A task that is cancelled before its first turn never begins, and so cannot be stuck.
            let began = false;
            const task = scope.spawn(kind, (signal) => {
              began = true;
              return run(signal);
            });
            tasks.push({ task, isStuck: () => stuck && began });
          };
          const adopt = (end: () => void | Promise<void>): void => {
            const entry = { ended: 0, release: (): unknown => undefined, scope, order: resources.length };
            resources.push(entry);
            try {
              entry.release = scope.adopt(kind, () => {
                entry.ended++;
                if (isOpen) endings.push({ scope, order: entry.order });
                return end();
              });
            } catch (thrown) {
              // A closed scope ends it at once: what that throws reaches whoever gave it.
              expect([isOpen, (thrown as Error).message]).toEqual([false, 'clean-up failed']);
            }
          };
          if (kind === 'finish') spawn(() => clock.sleep(ms));
          else if (kind === 'obey') spawn((signal) => clock.sleep(60_000, signal));
          else if (kind === 'linger')
            spawn((signal) => untilAborted(signal).catch(() => clock.sleep(ms / 4)));
          else if (kind === 'fail')
            spawn(() => clock.sleep(ms).then(() => Promise.reject(new Error('failed'))));
          else if (kind === 'stuck') spawn(never, true);
          else if (kind === 'adopt') adopt(() => undefined);
          else if (kind === 'adoptSlow') adopt(() => clock.sleep(ms / 10));
          else if (kind === 'adoptThrow')
            adopt(() => {
              throw new Error('clean-up failed');
            });
          else if (kind === 'child' && isOpen) scopes.push(scope.child(`child ${scopes.length}`));
          else if (kind === 'closeChild' && scope !== root) closed.set(scope, scope.close('child'));
          else if (kind === 'release' && resources.length > 0) {
            const resource = resources[at % resources.length]!;
            endings.push({ scope: root, order: -1 });
            try {
              await Promise.race([resource.release(), clock.advance(20)]);
            } catch (thrown) {
              expect((thrown as Error).message).toBe('clean-up failed');
            }
          } else if (kind === 'cancel' && tasks.length > 0) void tasks[at % tasks.length]!.task.cancel();
          else await clock.advance(ms);
        }
        endings.length = 0;
        const closing = root.close('end');
        if (closeTwice) expect(root.close('again')).toBe(closing);
        await clock.advance(10_000);
        const report = await closing;
        await Promise.all(closed.values());

        for (const { ended } of resources) expect(ended).toBe(1);
        for (const { task, isStuck } of tasks) expect(task.settled).toBe(!isStuck());
        const stuckCount = tasks.filter(({ isStuck }) => isStuck()).length;
        expect(root.taskCount).toBe(stuckCount);
        expect(root.resourceCount).toBe(0);
        expect(clock.sleeping).toBe(0);
        expect(report.notStopped.length).toBe(stuckCount);
        if (stuckCount === 0) {
          expect(root.snapshot().children).toEqual([]);
          for (const scope of scopes) {
            const orders = endings.filter((ending) => ending.scope === scope).map((ending) => ending.order);
            expect(orders).toEqual([...orders].sort((a, b) => b - a));
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
