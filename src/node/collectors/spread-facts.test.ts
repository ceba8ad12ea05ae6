import { expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { SpreadFacts } from './spread-facts.ts';

const keys = (count: number): string[] => Array.from({ length: count }, (_, at) => `k${at}`);

/** Facts each of which takes 0.6 ms to read, and the keys in the order of their reading. */
function create(clock: FakeClock) {
  const reads: string[] = [];
  const facts = new SpreadFacts<string>(clock, 5_000, (key, before) => {
    reads.push(key);
    clock.freeze(0.6);
    return before === null ? key : `${before}+`;
  });
  return { facts, reads };
}

it('reads for two milliseconds at a time, until all that are new are known', async () => {
  const clock = new FakeClock();
  const { facts, reads } = create(clock);
  expect(facts.refresh(keys(10))).toBe(false);
  expect(reads).toHaveLength(4);
  const completed = facts.complete(keys(10), new AbortController().signal);
  await clock.advance(0);
  expect(reads).toHaveLength(8);
  await clock.advance(10);
  await completed;
  expect(reads).toEqual(keys(10));
  expect(facts.refresh(keys(10))).toBe(true);
  expect(reads).toHaveLength(10);
});

it('reads those again first that were read longest ago, and none before it is due', async () => {
  const clock = new FakeClock();
  const { facts, reads } = create(clock);
  facts.refresh(['a', 'b', 'c']);
  clock.freeze(4_000);
  facts.refresh(['a', 'b', 'c', 'd']);
  reads.length = 0;
  clock.freeze(1_000);
  expect(facts.refresh(['a', 'b', 'c', 'd'])).toBe(true);
  expect(reads).toEqual(['a', 'b', 'c']);
  expect(['a', 'd'].map((key) => facts.get(key))).toEqual(['a+', 'd']);
});

it('comes round to each of very many, however few it has time for', async () => {
  const clock = new FakeClock();
  const { facts, reads } = create(clock);
  while (!facts.refresh(keys(40)));
  reads.length = 0;
  clock.freeze(5_000);
  for (let turn = 0; turn < 10; turn++) {
    facts.refresh(keys(40));
    expect(reads).toHaveLength(4 * (turn + 1));
  }
  expect(new Set(reads).size).toBe(40);
});

it('forgets what is there no more, and takes what comes back for new', () => {
  const { facts, reads } = create(new FakeClock());
  facts.refresh(['a', 'b']);
  facts.refresh(['b', 'c']);
  expect(facts.get('a')).toBeUndefined();
  facts.refresh(['a', 'b', 'c']);
  expect(reads).toEqual(['a', 'b', 'c', 'a']);
  expect(facts.get('a')).toBe('a');
});

it('ends its pauses with the signal', async () => {
  const clock = new FakeClock();
  const { facts } = create(clock);
  facts.refresh(keys(10));
  const controller = new AbortController();
  const completed = facts.complete(keys(10), controller.signal);
  controller.abort(new Error('Enough.'));
  await expect(completed).rejects.toThrow('Enough.');
  expect(clock.sleeping).toBe(0);
});
