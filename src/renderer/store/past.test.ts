import { expect, it, vi } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import type { Welcome } from '../../shared/protocol/index.ts';
import { Past } from './past.ts';

const welcome = (methods: readonly string[]): Welcome =>
  ({ capabilities: { topics: [], methods } }) as unknown as Welcome;
const empty = { monotonicMs: 5, series: [], unseen: [] };

function start(request: (method: string, params: unknown) => Promise<unknown>) {
  const scope = new TaskScope('test', { clock: new FakeClock() });
  const fill = vi.fn();
  return { fill, past: new Past({ scope, store: { fill }, request }), scope };
}

/** Lets what was begun come to its end. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('asks once for each topic with series, and once more after a seam or when it is wanted again', async () => {
  const request = vi.fn(async () => empty);
  const { past, fill, scope } = start(request);
  const granted = welcome(['history.read']);
  past.ask(['cpu', 'host'], granted);
  past.ask(['cpu', 'memory'], granted);
  past.ask(['cpu', 'memory'], granted);
  await settle();
  expect(request.mock.calls.map(([, params]: unknown[]) => (params as { topics: string[] }).topics)).toEqual([
    ['cpu'],
    ['memory'],
  ]);
  past.forget(['cpu']);
  past.ask(['cpu', 'memory'], granted);
  past.keepOnly(new Set(['cpu']));
  past.ask(['cpu', 'memory'], granted);
  await settle();
  expect(fill.mock.calls).toEqual([['cpu'], ['memory'], ['cpu'], ['memory']].map((asked) => [asked, empty]));
  await scope.close('The test is over.');
});

it('does without where the host has no such method, refuses, or answers something else', async () => {
  const request = vi.fn(async () => ({ nonsense: true }));
  const { past, fill, scope } = start(request);
  past.ask(['cpu'], welcome([]));
  past.ask(['cpu'], null);
  expect(request).not.toHaveBeenCalled();
  past.ask(['cpu'], welcome(['history.read']));
  request.mockRejectedValueOnce(new Error('refused'));
  past.ask(['memory'], welcome(['history.read']));
  await settle();
  expect(request).toHaveBeenCalledTimes(2);
  expect(fill).not.toHaveBeenCalled();
  await scope.close('The test is over.');
});
