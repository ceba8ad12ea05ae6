import { describe, expect, it } from 'vitest';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import { TaskScope } from '../shared/lifecycle/task-scope.ts';
import { parseNotifyWishes, ServiceManager } from './service-manager.ts';

describe('what a service manager wants to hear', () => {
  it.each([
    [{}, null],
    [{ NOTIFY_SOCKET: '' }, null],
    [{ NOTIFY_SOCKET: 'vsock:2:1' }, null],
    [{ NOTIFY_SOCKET: '/' }, null],
    [{ NOTIFY_SOCKET: '/run/n' }, { socket: '/run/n', watchdogMs: null }],
    [
      { NOTIFY_SOCKET: '@n', WATCHDOG_USEC: '500000' },
      { socket: '@n', watchdogMs: 500 },
    ],
    [
      { NOTIFY_SOCKET: '/n', WATCHDOG_USEC: '2000', WATCHDOG_PID: '7' },
      { socket: '/n', watchdogMs: 2 },
    ],
    [
      { NOTIFY_SOCKET: '/n', WATCHDOG_USEC: '2000', WATCHDOG_PID: '8' },
      { socket: '/n', watchdogMs: null },
    ],
    [
      { NOTIFY_SOCKET: '/n', WATCHDOG_USEC: 'x' },
      { socket: '/n', watchdogMs: null },
    ],
    [
      { NOTIFY_SOCKET: '/n', WATCHDOG_USEC: '0' },
      { socket: '/n', watchdogMs: null },
    ],
  ])('is read from %j', (environment, wishes) => {
    expect(parseNotifyWishes(environment, 7)).toEqual(wishes);
  });
});

function create(watchdogMs: number | null, send?: (assignments: readonly string[]) => Promise<void>) {
  const clock = new FakeClock();
  const scope = new TaskScope('test', { clock });
  const told: string[] = [];
  const logged: string[] = [];
  const manager = new ServiceManager({
    wishes: { socket: '/n', watchdogMs },
    pid: 7,
    log: (level, message) => logged.push(`${level}: ${message}`),
    send: send ?? (async ([first = '']) => void told.push(first)),
  });
  return { clock, scope, told, logged, manager };
}

describe('the watchdog', () => {
  it('hears of the host twice in its time, and no more once the scope is closed', async () => {
    const { clock, scope, told, manager } = create(10_000);
    manager.watch(scope, () => true, () => 'fine'); // prettier-ignore
    await clock.advance(20_000);
    expect(told).toEqual(['WATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1']);
    await scope.close('It ends.');
    await clock.advance(20_000);
    expect(told).toHaveLength(4);
  });

  it('hears nothing while the host is not well, which is logged once, and again once it is', async () => {
    const { clock, scope, told, logged, manager } = create(2_000);
    let isWell = true;
    manager.watch(scope, () => isWell, () => 'fine'); // prettier-ignore
    await clock.advance(2_000);
    isWell = false;
    await clock.advance(5_000);
    expect(told).toHaveLength(2);
    expect(logged).toEqual([
      'error: No sample gets out although somebody watches: without one this host is restarted.',
    ]);
    isWell = true;
    await clock.advance(1_000);
    expect(told).toHaveLength(3);
    await scope.close('It ends.');
  });

  it('is left alone where the manager has none', async () => {
    const { clock, scope, manager } = create(null);
    manager.watch(scope, () => true, () => 'fine'); // prettier-ignore
    expect(clock.sleeping).toBe(0);
    await scope.close('It ends.');
  });
});

describe('messages to a service manager', () => {
  it('go out one after the other, and one that fails is logged once and holds nothing up', async () => {
    const under: string[] = [];
    let release: () => void = () => undefined;
    const { manager, logged } = create(null, async ([first = '']) => {
      under.push(first);
      if (first === 'READY=1') await new Promise<void>((resolve) => (release = resolve));
      else throw new Error('nobody reads');
    });
    const ready = manager.ready('It serves.');
    const rest = [manager.reloading(), manager.stopping()];
    await Promise.resolve();
    expect(under).toEqual(['READY=1']);
    release();
    await Promise.all([ready, ...rest]);
    expect(under).toEqual(['READY=1', 'RELOADING=1', 'STOPPING=1']);
    expect(logged).toEqual(['warning: The service manager cannot be told that RELOADING=1: nobody reads']);
  });
});
