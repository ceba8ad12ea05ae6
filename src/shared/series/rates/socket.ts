import type { SocketRaw } from '../raw/socket.ts';
import type { Discontinuity, Section } from '../sample.ts';
import { deriveOptional, deriveSpan, gap, wasReset, type Rated } from './span.ts';

/** Null is what the platform does not count. */
export interface SocketRates {
  readonly sentSegmentsPerSecond: number | null;
  readonly receivedSegmentsPerSecond: number | null;
  readonly retransmittedSegmentsPerSecond: number | null;
  /** Share of all segments sent that were sent again, 0 to 1; null too where none was sent. */
  readonly retransmittedShare: number | null;
  readonly activeOpensPerSecond: number | null;
  readonly passiveOpensPerSecond: number | null;
  readonly failedAttemptsPerSecond: number | null;
  readonly establishedResetsPerSecond: number | null;
  readonly listenOverflowsPerSecond: number | null;
  readonly udpReceivedPerSecond: number | null;
  readonly udpSentPerSecond: number | null;
  readonly udpErrorsPerSecond: number | null;
}

const counters = [
  'sentSegments', 'receivedSegments', 'retransmittedSegments', 'activeOpens', 'passiveOpens', 'failedAttempts',
  'establishedResets', 'listenOverflows', 'udpReceived', 'udpSent', 'udpErrors',
] as const; // prettier-ignore

/** Rates of TCP and UDP between two readings. One counter that went back is a reset of all: they belong together. */
export function deriveSocketRates(
  previous: Section<SocketRaw> | undefined,
  next: Section<SocketRaw> | undefined,
  discontinuity?: Discontinuity,
): Rated<SocketRates> {
  const span = deriveSpan<'socket'>(previous, next, discontinuity);
  if (span.status === 'gap') return span;
  const { before, after, seconds } = span;
  if (wasReset(before, after, counters)) return gap('reset');
  const of = (name: (typeof counters)[number]): number | null =>
    deriveOptional(before[name], after[name], seconds);
  const [sent, again] = [of('sentSegments'), of('retransmittedSegments')];
  return {
    status: 'ok',
    sentSegmentsPerSecond: sent,
    receivedSegmentsPerSecond: of('receivedSegments'),
    retransmittedSegmentsPerSecond: again,
    retransmittedShare: deriveShareSentAgain(sent, again),
    activeOpensPerSecond: of('activeOpens'),
    passiveOpensPerSecond: of('passiveOpens'),
    failedAttemptsPerSecond: of('failedAttempts'),
    establishedResetsPerSecond: of('establishedResets'),
    listenOverflowsPerSecond: of('listenOverflows'),
    udpReceivedPerSecond: of('udpReceived'),
    udpSentPerSecond: of('udpSent'),
    udpErrorsPerSecond: of('udpErrors'),
  };
}

/** The kernel does not count a segment that is sent again among those sent (RFC 4022, tcpOutSegs). */
function deriveShareSentAgain(sent: number | null, again: number | null): number | null {
  if (sent === null || again === null || sent + again === 0) return null;
  return again / (sent + again);
}
