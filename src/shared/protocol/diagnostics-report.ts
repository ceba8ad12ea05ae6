import * as v from 'valibot';
import { grantScopeSchema } from './scope.ts';

/** Parameters of `diagnostics.report`. With `full`, names, addresses and paths stand in it; never anything that lets in. */
export const diagnosticsReportParamsSchema = v.object({ full: v.optional(v.boolean()) });

/** To three places: more digits only hide the figure. */
const count = v.pipe(
  v.number(),
  v.transform((value) => Math.round(value * 1_000) / 1_000),
);
const maybe = v.nullable(count);
/** Written by the program itself, from a closed set or of a shape that no name has. */
const word = v.pipe(v.string(), v.maxLength(100));
/** What was anybody's text, and is none any more unless `full` was asked for. */
const prose = v.pipe(v.string(), v.maxLength(500));

const task = v.object({
  name: prose,
  ageMs: count,
  sinceTickMs: count,
  ticks: count,
  errors: count,
  lastError: v.nullable(prose),
});
const ledger = v.object({ timers: count, subscriptions: count, bufferedBytes: count, requests: count });

/** Only there where names are included. */
const identity = {
  name: v.optional(prose),
  address: v.optional(v.nullable(prose)),
  tokenId: v.optional(v.nullable(prose)),
};

const client = v.object({
  /** The number of its scope at this run of the host. */
  scopeName: word,
  kind: v.picklist(['window', 'tray', 'socket', 'local']),
  ...identity,
  grant: grantScopeSchema,
  isPaired: v.boolean(),
  encoding: v.picklist(['json', 'compact']),
  state: word,
  transitions: v.array(v.object({ state: word, event: word, agoMs: count })),
  roundTripMs: maybe,
  ageMs: count,
  subscriptions: count,
  queuedBytes: count,
  unacknowledged: count,
  sent: count,
  sentBytes: count,
  dropped: count,
  coalesced: count,
  ledger,
  tasks: v.array(task),
  lastError: v.nullable(prose),
});

const closedClient = v.object({
  scopeName: word,
  kind: word,
  ...identity,
  reason: prose,
  closedMsAgo: count,
  livedMs: count,
  tasksLeft: count,
  notStopped: v.array(prose),
  ledger,
  sent: count,
  dropped: count,
  coalesced: count,
});

/** What only a host that runs can say. */
const live = v.object({
  hostName: v.optional(prose),
  pid: count,
  uptimeMs: count,
  sharing: v.object({ state: word, plainHttp: v.boolean() }),
  clientCount: count,
  /** The oldest hundred. */
  clients: v.array(client),
  /** The newest fifty that have gone, and what was left of each: nothing, or there is a defect. */
  closed: v.array(closedClient),
  services: v.array(v.object({ name: word, ageMs: count, tasks: v.array(task) })),
  /** Each subject: what it is capable of here, how it does, and how long its readings took. */
  collectors: v.array(
    v.object({
      subject: word,
      state: word,
      intervalMs: maybe,
      wantedIntervalMs: maybe,
      reads: count,
      failures: count,
      lastReadMs: maybe,
      /** On the host's own thread, of all reads together and of the slowest. */
      busyMs: count,
      slowestMs: count,
      lastError: v.nullable(prose),
    }),
  ),
  sampler: v.object({ seq: count, demands: count, encodes: count }),
  cost: v.object({
    /** Since the host's start, of it, its helpers and, in the app, its windows. */
    cpuMs: maybe,
    residentBytes: maybe,
    heapUsedBytes: maybe,
    forks: maybe,
    writtenBytes: maybe,
    eventLoopShare: count,
    processes: v.array(v.object({ role: word, cpuMs: maybe, residentBytes: maybe })),
    activeResources: v.record(v.pipe(v.string(), v.regex(/^[A-Za-z]{1,40}$/)), count),
    governor: v.nullable(
      v.object({
        cpuShare: maybe,
        memoryBytes: maybe,
        forksPerSecond: maybe,
        onBattery: v.boolean(),
        level: count,
        over: v.array(word),
        slowedTopics: v.array(word),
      }),
    ),
  }),
  log: v.array(
    v.object({ time: v.string(), level: v.picklist(['error', 'warning', 'info']), message: prose }),
  ),
});

/**
 * What a person attaches to a report of a defect: one document that can be read. Whatever is not named here is not in it,
 * and what is anybody's text has been masked, so that a new source of data leaks nothing until somebody lets it.
 */
export const diagnosticsReportSchema = v.object({
  about: v.object({
    what: v.literal('Pulsewire diagnostics'),
    /** Rises with each change that a reading program would notice. */
    format: v.literal(1),
    madeAt: v.pipe(v.string(), v.isoTimestamp()),
    /** Who wrote it: the host itself, or the command line, where no host answered. */
    madeBy: v.picklist(['host', 'commandLine']),
    names: v.picklist(['leftOut', 'included']),
    notice: v.string(),
    holds: v.array(v.string()),
    leftOut: v.array(v.string()),
  }),
  versions: v.object({
    pulsewire: word,
    node: word,
    v8: word,
    openssl: word,
    electron: v.nullable(word),
    chromium: v.nullable(word),
    /** How it was installed. */
    package: v.picklist(['source', 'archive', 'deb', 'rpm', 'appImage', 'snap', 'flatpak', 'container']),
  }),
  system: v.object({
    platform: word,
    arch: word,
    kernel: word,
    distribution: v.nullable(word),
    cores: count,
    memoryBytes: count,
    uptimeS: count,
    session: v.picklist(['wayland', 'x11', 'tty', 'none']),
  }),
  configuration: v.object({
    /** Those that differ from what holds by default; where each comes from. */
    settings: v.array(v.object({ key: word, value: prose, from: word })),
    problems: v.array(v.object({ line: maybe, column: maybe, message: prose })),
    needRestart: v.array(word),
  }),
  dataFolder: v.object({
    path: v.optional(prose),
    isThere: v.boolean(),
    mode: v.nullable(word),
    freeBytes: maybe,
    entries: v.array(
      v.object({ name: prose, kind: word, mode: word, isOwn: v.boolean(), files: count, bytes: count }),
    ),
  }),
  /** How often each event stands in the audit log, by its outcome. */
  audit: v.object({ entries: count, unreadable: count, counts: v.record(v.string(), count) }),
  /** Null where no host answered; why is told. */
  live: v.nullable(live),
  notLive: v.nullable(v.string()),
});
export type DiagnosticsReport = v.InferOutput<typeof diagnosticsReportSchema>;
export type LiveReport = v.InferOutput<typeof live>;
