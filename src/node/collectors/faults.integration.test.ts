import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createMonitor, type Monitor } from '../../core/monitor.ts';
import { createSubscriber } from '../../core/subscription.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import type { Topic } from '../../shared/series/raw.ts';
import type { Sample, Section } from '../../shared/series/sample.ts';
import { forkProbe } from '../probe/fork-probe.ts';
import { buildProbe } from '../probe/testing/built-probe.ts';
import { createCollectors } from './collectors.ts';
import { faults, FaultyMachine } from './testing/faulty-machine.ts';

const intervalMs = 250;
/** The promise: whatever happens to one source, the others are late by less. */
const promisedMs = 50;

/** Subjects that are read every time, with the file that is broken for each. */
const sources = {
  cpu: 'stat',
  memory: 'meminfo',
  network: 'net/dev',
  disk: 'diskstats',
} as const;
const subjects = Object.keys(sources) as (keyof typeof sources)[];

let entry: string;
beforeAll(async () => {
  entry = await buildProbe('probe-of-faults');
});

/** A monitor on a machine whose files can be broken, with everything that it publishes. */
class Watched implements AsyncDisposable {
  readonly machine = new FaultyMachine();
  readonly samples: Sample[] = [];
  readonly #monitor: Monitor;

  constructor(topics: readonly Topic[], prepare: (machine: FaultyMachine) => void) {
    prepare(this.machine);
    this.#monitor = createMonitor({
      clock: systemClock,
      collectors: createCollectors({
        clock: systemClock,
        spawnProbe: () => forkProbe(entry),
        procRoot: this.machine.procRoot,
      }),
      hostName: 'faulty',
      version: 'test',
      platform: 'linux',
      instanceId: 'test',
    });
    this.#monitor.hub.subscribe(
      { id: 'all', topics, intervalMs, encoding: 'json', projection: 'whole' },
      createSubscriber((subscription) => {
        const delivery = subscription.take();
        if (delivery) this.samples.push(JSON.parse(String(delivery.frame)) as Sample);
      }),
    );
  }

  /** Every section of a topic since sample `from`, in order. */
  sectionsOf(topic: Topic, from = 0): Section<unknown>[] {
    return this.samples.slice(from).flatMap(({ sections }) => sections[topic] ?? []);
  }

  /** By how much each reading of a topic since sample `from` missed its place on the grid. */
  latenessOf(topic: Topic, from = 0): number[] {
    const { originMs } = this.#monitor.sampler;
    return this.sectionsOf(topic, from)
      .filter((section) => section.status === 'ok')
      .map(({ readMs }) => (readMs - originMs) % intervalMs)
      .map((afterMs) => Math.min(afterMs, Math.abs(intervalMs - afterMs)));
  }

  /** Resolves once each of these topics was told of `count` times since sample `from`. */
  async untilTold(topics: readonly Topic[], count: number, from = 0): Promise<void> {
    await vi.waitUntil(() => topics.every((topic) => this.sectionsOf(topic, from).length >= count), {
      timeout: 15_000,
      interval: 20,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#monitor.close('The test is over.');
    this.machine[Symbol.dispose]();
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Infinity;
}

/** One subject's file is broken, and put right again, while the others are watched. */
async function checkFault(broken: (typeof subjects)[number], fault: (typeof faults)[number]): Promise<void> {
  await using watched = new Watched(subjects, (machine) => machine.break(sources[broken], fault));
  await watched.untilTold(subjects, 5);
  for (const other of subjects.filter((subject) => subject !== broken)) {
    expect(median(watched.latenessOf(other))).toBeLessThan(promisedMs);
  }
  const told = watched.sectionsOf(broken).at(-1);
  if (fault === 'vanished' || fault === 'fifo' || fault === 'folder') {
    expect(told?.status).toMatch(/unsupported|failed/);
  } else {
    // What is left of a table is taken for what it is; nothing of it is made up.
    expect(told?.status).toMatch(/ok|failed/);
  }
  watched.machine.mend(sources[broken]);
  const from = watched.samples.length;
  await watched.untilTold([broken], 2, from);
  expect(watched.sectionsOf(broken, from).at(-1)?.status).toBe('ok');
}

describe.runIf(process.platform === 'linux')('promise: a hung source', () => {
  for (const fault of faults) {
    const what = fault === 'fifo' ? 'a pipe' : fault === 'folder' ? 'a folder' : fault;
    it(`delays no other while its file is ${what}, and recovers by itself`, async () => {
      await Promise.all(subjects.map((broken) => checkFault(broken, fault)));
    });
  }
});
