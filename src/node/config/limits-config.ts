import * as v from 'valibot';
import { defaultLimits, type Limits } from '../../shared/protocol/index.ts';

/** What a limit may be set to; both ends are allowed. */
export interface LimitRange {
  readonly least: number;
  readonly most: number;
}

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const kibibyte = 1_024;
const mebibyte = 1_024 * kibibyte;

const range = (least: number, most: number): LimitRange => ({ least, most });
const deadline = range(100, 10 * minuteMs);
const clients = range(1, 65_536);
const strangers = range(1, 4_096);

/** Below the least a host would shut itself up or its clients out; above the most the limit would be none. */
export const limitRanges: Readonly<Record<keyof Limits, LimitRange>> = {
  maxClients: clients,
  maxClientsPerAddress: clients,
  maxUnauthenticated: strangers,
  maxUnauthenticatedPerAddress: strangers,
  headerDeadlineMs: deadline,
  tlsHandshakeDeadlineMs: deadline,
  greetingDeadlineMs: deadline,
  pingIntervalMs: range(secondMs, hourMs),
  missedPings: range(1, 100),
  closeGraceMs: range(100, minuteMs),
  maxInboundBytes: range(kibibyte, 16 * mebibyte),
  maxFragments: range(1, 65_536),
  messagesPerSecond: range(1, 100_000),
  messageBurst: range(1, 100_000),
  queueMarkBytes: range(4 * kibibyte, 1_024 * mebibyte),
  maxUnacknowledged: range(1, 10_000),
  queueCloseBytes: range(4 * kibibyte, 1_024 * mebibyte),
  queueCloseAfterMs: range(100, hourMs),
  maxSubscriptions: range(1, 4_096),
  minIntervalMs: range(100, hourMs),
  maxIntervalMs: range(secondMs, dayMs),
  authFailuresPerMinutePerAddress: range(1, 10_000),
  authFailuresPerMinute: range(1, 100_000),
  authDelayMaxMs: range(secondMs, hourMs),
  viewTokenIdleMs: range(minuteMs, 3_650 * dayMs),
  controlTokenMs: range(minuteMs, 365 * dayMs),
  pairingCodeMs: range(10 * secondMs, hourMs),
  pairingAttempts: range(1, 100),
  pairingConfirmMs: range(5 * secondMs, hourMs),
};

/** Limits of which the first may not be above the second. */
const ordered: readonly (readonly [keyof Limits, keyof Limits])[] = [
  ['queueMarkBytes', 'queueCloseBytes'],
  ['minIntervalMs', 'maxIntervalMs'],
];

const limitSchema = ({ least, most }: LimitRange) =>
  v.optional(
    v.pipe(
      v.number('must be a number'),
      v.integer('must be a whole number'),
      v.minValue(least, `must be at least ${least}`),
      v.maxValue(most, `must be at most ${most}`),
    ),
  );
type LimitSchema = ReturnType<typeof limitSchema>;

const entries = Object.fromEntries(
  Object.entries(limitRanges).map(([key, bounds]) => [key, limitSchema(bounds)]),
) as Record<keyof Limits, LimitSchema>;

/** The part of the config file that sets limits: any of them, whole numbers in milliseconds, bytes or counts. */
export const limitsConfigSchema = v.pipe(
  v.strictObject(entries),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const set = dataset.value;
    for (const [lower, upper] of ordered) {
      const least = set[lower] ?? defaultLimits[lower];
      const most = set[upper] ?? defaultLimits[upper];
      if (least <= most) continue;
      const [key, message] =
        set[lower] === undefined
          ? [upper, `must be at least ${lower}, which is ${least}`]
          : [lower, `must be at most ${upper}, which is ${most}`];
      addIssue({ message, path: [{ type: 'object', origin: 'value', input: set, key, value: set[key] }] });
    }
  }),
);
