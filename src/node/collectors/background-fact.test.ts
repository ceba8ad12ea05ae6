import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { BackgroundFact } from './background-fact.ts';

let clock: FakeClock;
let searches: number;
let tookMs: number;
let failing: boolean;

beforeEach(() => {
  clock = new FakeClock();
  [searches, tookMs, failing] = [0, 10, false];
});

const create = (restFactor?: number) =>
  new BackgroundFact({
    clock,
    everyMs: 5_000,
    ...(restFactor && { restFactor }),
    find: async (signal) => {
      const search = ++searches;
      await clock.sleep(tookMs, signal);
      if (failing) throw new Error('lost');
      return search;
    },
  });

it('tells what was found last and looks for it anew beside that, once at a time', async () => {
  const fact = create();
  expect([fact.get(), fact.get()]).toEqual([null, null]);
  await clock.advance(10);
  expect(fact.get()).toMatchObject({ value: 1, atMs: 0 });
  await clock.advance(4_990);
  expect([fact.get()?.value, fact.get()?.value, searches]).toEqual([1, 1, 2]);
  await clock.advance(10);
  expect(fact.get()?.value).toBe(2);
});

it('joins a search that is under way', async () => {
  const fact = create();
  const both = Promise.all([fact.search(), fact.search()]);
  await clock.advance(10);
  expect(await both).toEqual([1, 1]);
});

it('does not tell what grew old while nobody asked', async () => {
  const fact = create();
  fact.get();
  await clock.advance(15_001);
  expect(fact.get()).toBeNull();
  await clock.advance(10);
  expect(fact.get()?.value).toBe(2);
});

it('rests the longer the longer a search took', async () => {
  const fact = create(1_000);
  tookMs = 20;
  fact.get();
  await clock.advance(19_999);
  fact.get();
  expect(searches).toBe(1);
  await clock.advance(1);
  fact.get();
  expect(searches).toBe(2);
  await clock.advance(20);
});

it('tells nothing once a search has failed, and says why to who waits', async () => {
  const fact = create();
  fact.get();
  await clock.advance(5_000);
  failing = true;
  expect(fact.get()?.value).toBe(1);
  await clock.advance(10);
  expect(fact.get()).toBeNull();
  const waiting = fact.search();
  waiting.catch(() => undefined);
  await clock.advance(10);
  await expect(waiting).rejects.toThrow('lost');
  failing = false;
  fact.get();
  await clock.advance(10);
  expect(fact.get()?.value).toBe(4);
});

it('is looked for anew by the next who asks once it is known to have changed', async () => {
  const fact = create();
  fact.get();
  await clock.advance(10);
  fact.expire();
  expect(fact.get()?.value).toBe(1);
  await clock.advance(10);
  expect(fact.get()?.value).toBe(2);
});

it('ends the search under way when it is disposed, and begins none after that', async () => {
  const fact = create();
  fact.get();
  await fact[Symbol.asyncDispose]();
  expect(clock.sleeping).toBe(0);
  expect(fact.get()).toBeNull();
  expect(searches).toBe(1);
});
