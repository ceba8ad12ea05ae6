/** The limits of a host, each an option with this default. Times in milliseconds, sizes in bytes. */
export interface Limits {
  readonly maxClients: number;
  readonly maxClientsPerAddress: number;
  readonly maxUnauthenticated: number;
  readonly maxUnauthenticatedPerAddress: number;
  readonly headerDeadlineMs: number;
  readonly tlsHandshakeDeadlineMs: number;
  readonly greetingDeadlineMs: number;
  readonly pingIntervalMs: number;
  readonly missedPings: number;
  readonly closeGraceMs: number;
  readonly maxInboundBytes: number;
  readonly maxFragments: number;
  readonly messagesPerSecond: number;
  readonly messageBurst: number;
  /** From here (bytes queued, with the next frame) a client gets only the newest. */
  readonly queueMarkBytes: number;
  /** From here (sends without an acknowledgement) likewise. */
  readonly maxUnacknowledged: number;
  readonly queueCloseBytes: number;
  /** How long a client may stay above the mark before it is closed. */
  readonly queueCloseAfterMs: number;
  readonly maxSubscriptions: number;
  readonly minIntervalMs: number;
  readonly maxIntervalMs: number;
  readonly authFailuresPerMinutePerAddress: number;
  readonly authFailuresPerMinute: number;
  readonly authDelayMaxMs: number;
  readonly viewTokenIdleMs: number;
  readonly controlTokenMs: number;
  readonly pairingCodeMs: number;
  readonly pairingAttempts: number;
  /** How long a device that has the code waits for the host's user. */
  readonly pairingConfirmMs: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export const defaultLimits: Limits = {
  maxClients: 32,
  maxClientsPerAddress: 8,
  maxUnauthenticated: 16,
  maxUnauthenticatedPerAddress: 4,
  headerDeadlineMs: 5_000,
  tlsHandshakeDeadlineMs: 5_000,
  greetingDeadlineMs: 5_000,
  pingIntervalMs: 15_000,
  missedPings: 2,
  closeGraceMs: 5_000,
  maxInboundBytes: 16 * 1024,
  maxFragments: 64,
  messagesPerSecond: 10,
  messageBurst: 30,
  queueMarkBytes: 256 * 1024,
  maxUnacknowledged: 8,
  queueCloseBytes: 1024 * 1024,
  queueCloseAfterMs: 10_000,
  maxSubscriptions: 32,
  minIntervalMs: 250,
  maxIntervalMs: hourMs,
  authFailuresPerMinutePerAddress: 5,
  authFailuresPerMinute: 60,
  authDelayMaxMs: minuteMs,
  viewTokenIdleMs: 90 * 24 * hourMs,
  controlTokenMs: 12 * hourMs,
  pairingCodeMs: 5 * minuteMs,
  pairingAttempts: 5,
  pairingConfirmMs: 2 * minuteMs,
};

/** Those that a client is told, since it can run into them. */
export function deriveToldLimits(
  limits: Limits,
): Pick<
  Limits,
  'maxSubscriptions' | 'minIntervalMs' | 'maxInboundBytes' | 'messagesPerSecond' | 'maxUnacknowledged'
> {
  const { maxSubscriptions, minIntervalMs, maxInboundBytes, messagesPerSecond, maxUnacknowledged } = limits;
  return { maxSubscriptions, minIntervalMs, maxInboundBytes, messagesPerSecond, maxUnacknowledged };
}
