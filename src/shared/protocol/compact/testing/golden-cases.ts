import type { Topic } from '../../../series/raw.ts';
import { unknownMemory } from '../../../series/raw/memory.ts';
import { unknownInterface } from '../../../series/raw/network.ts';
import type { Discontinuity, Sections } from '../../../series/sample.ts';
import type { ClientMessage } from '../../client-messages.ts';
import type { ServerMessage } from '../../server-messages.ts';

/** Messages that travel as they are. */
export const clientMessages: readonly ClientMessage[] = [
  { type: 'hello', protocol: 1, token: 'secret', client: { name: 'wall', version: '2.1' } },
  { type: 'subscribe', id: 'main', topics: ['cpu', 'memory'], intervalMs: 1_000 },
  { type: 'ack', seq: 70_000 },
  { type: 'request', id: 'r1', method: 'process.renice', params: { pid: 70_000, startTicks: 5, nice: -20 } },
  { type: 'ping', t: 12.5 },
  { type: 'unsubscribe', id: 'main' },
];

export const serverMessages: readonly ServerMessage[] = [
  { type: 'gap', id: 'main', fromSeq: 5, toSeq: 7, reason: 'slowConsumer' },
  { type: 'result', id: 'r1', value: { list: [1, -1, 0.5, true, null], text: 'Größe 漢字 🙂' } },
  {
    type: 'error',
    id: 'r2',
    code: 'needsPermission',
    message: 'Only root may.',
    remedy: 'sudo',
    retryable: false,
  },
  { type: 'pong', t: 12.5 },
  { type: 'done', id: 'main' },
  { type: 'bye', code: 'shutdown', reason: 'The host ends.' },
];

/** A sample, told as what changed since the one before; or everything, where a viewer joins. */
export interface Step {
  readonly join?: 'snapshot' | 'silent';
  readonly wallMs: number;
  readonly monotonicMs: number;
  readonly discontinuity?: Discontinuity;
  readonly sections: Sections;
}

function memory(readMs: number, freeBytes: number, more: object = {}): Sections['memory'] {
  const data = {
    ...unknownMemory,
    totalBytes: 8_589_934_592,
    freeBytes,
    availableBytes: 6_000_000_000,
    buffersBytes: 0,
    cachedBytes: 1_000_000,
    swapTotalBytes: 0,
    swapFreeBytes: 0,
    ...more,
  };
  return { status: 'ok', readMs, data };
}

function network(readMs: number, ...interfaces: [name: string, rxBytes: number][]): Sections['network'] {
  const data = interfaces.map(([name, rxBytes], index) => ({
    ...unknownInterface,
    name,
    index: index + 1,
    kind: 'ethernet' as const,
    state: 'up' as const,
    addresses: [],
    rxBytes,
    rxErrors: 0,
    rxDropped: 0,
    txBytes: 0,
    txErrors: 0,
    txDropped: 0,
  }));
  return { status: 'ok', readMs, data: { interfaces: data, defaultRoutes: [] } };
}

function process(readMs: number, pid: number[], cpuTicks: (number | null)[]): Sections['process'] {
  const each = <Value>(value: Value): Value[] => pid.map(() => value);
  const data = {
    ticksPerSecond: 100,
    bootedWallMs: 1_700_000_000_000,
    threads: null,
    users: ['root'],
    groups: ['system'],
    pid,
    startTicks: pid.map((number) => number * 10),
    parentPid: each(1),
    name: pid.map((number) => `process ${number}`),
    command: each(''),
    user: each(0),
    group: each(0),
    state: each('S'),
    threadCount: each(1),
    nice: each(0),
    cpuTicks,
    cpuShares: null,
    residentBytes: each(4_096),
    readBytes: each(null),
    writtenBytes: each(null),
    ageMs: each(0),
  };
  return { status: 'ok', readMs, data };
}

export const goldenTopics: readonly Topic[] = ['memory', 'network', 'process'];
const late = 'No answer for 1.2 s.';

/** Each kind of change there is, by what it is about. */
export const goldenSteps: Readonly<Record<string, readonly Step[]>> = {
  counters: [
    {
      join: 'snapshot',
      wallMs: 1_700_000_001_000,
      monotonicMs: 1_000.25,
      sections: { memory: memory(1_000.3, 5_000_000_000) },
    },
    {
      wallMs: 1_700_000_002_000,
      monotonicMs: 2_000.251,
      sections: { memory: memory(2_000.3, 4_999_995_904) },
    },
    {
      wallMs: 1_700_000_003_001,
      monotonicMs: 3_000.25,
      sections: { memory: memory(3_000.3, 0, { oomKills: 1 }) },
    },
    {
      wallMs: 1_700_000_009_000,
      monotonicMs: 4_000.123456,
      discontinuity: 'slept',
      sections: {
        memory: memory(4_000.123457, 2 ** 53 - 1, {
          oomKills: null,
          pressure: { someMicros: 0.5, fullMicros: 1 / 3 },
        }),
      },
    },
    {
      wallMs: 1_700_000_010_000,
      monotonicMs: 5_000,
      sections: { memory: memory(4_999.5, 1, { pressure: { someMicros: 0.75, fullMicros: 2 / 3 } }) },
    },
    {
      wallMs: 1_700_000_011_000,
      monotonicMs: 6_000,
      sections: { memory: memory(6_000, 1, { pressure: null }) },
    },
  ],
  sections: [
    { join: 'silent', wallMs: 1_700_000_001_000, monotonicMs: 1_000, sections: { memory: memory(1_000, 5) } },
    { wallMs: 1_700_000_002_000, monotonicMs: 2_000, sections: {} },
    {
      wallMs: 1_700_000_003_000,
      monotonicMs: 3_000,
      sections: { memory: { status: 'late', message: late } },
    },
    {
      wallMs: 1_700_000_004_000,
      monotonicMs: 4_000,
      sections: { memory: { status: 'late', message: late } },
    },
    {
      wallMs: 1_700_000_005_000,
      monotonicMs: 5_000,
      sections: { memory: memory(5_000, 6), network: network(5_000, ['eth0', 7]) },
    },
    { wallMs: 1_700_000_006_000, monotonicMs: 6_000, sections: { network: network(6_000, ['eth0', 7]) } },
  ],
  rows: [
    {
      join: 'snapshot',
      wallMs: 1_700_000_001_000,
      monotonicMs: 1_000,
      sections: {
        network: network(1_000, ['eth0', 10], ['wlan0', 20]),
        process: process(1_000, [1, 20, 21, 22], [5, 6, 7, null]),
      },
    },
    {
      wallMs: 1_700_000_002_000,
      monotonicMs: 2_000,
      sections: {
        network: network(2_000, ['wlan0', 21]),
        process: process(2_000, [1, 21, 22, 23, 24], [5, 8, null, 0, 1]),
      },
    },
    {
      wallMs: 1_700_000_003_000,
      monotonicMs: 3_000,
      sections: { network: network(3_000, ['wlan0', 22], ['eth0', 0]), process: process(3_000, [1], [5]) },
    },
    {
      wallMs: 1_700_000_004_000,
      monotonicMs: 4_000,
      sections: { network: network(4_000), process: process(4_000, [], []) },
    },
  ],
};
