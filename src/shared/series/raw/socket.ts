import * as v from 'valibot';
import { count, name } from './common.ts';
import { createUnknown } from './unknown.ts';

/** States of TCP, as RFC 9293 names them. */
export const tcpStatesSchema = v.object({
  established: count,
  synSent: count,
  synReceived: count,
  finWait1: count,
  finWait2: count,
  timeWait: count,
  closed: count,
  closeWait: count,
  lastAck: count,
  listen: count,
  closing: count,
});
export type TcpStates = v.InferOutput<typeof tcpStatesSchema>;

/** One port that somebody listens on. */
export const listenerRawSchema = v.object({
  protocol: v.picklist(['tcp', 'udp']),
  address: name,
  port: count,
  /** Null while it is not known yet, where it is somebody else's process, which only root may see, or the kernel's. */
  pid: v.nullable(count),
  processName: v.nullable(name),
  user: v.nullable(name),
});
export type ListenerRaw = v.InferOutput<typeof listenerRawSchema>;

/** Source: /proc/net/tcp, tcp6, udp, udp6, snmp, netstat, sockstat. Counters since boot. */
export const socketRawSchema = v.object({
  /** Null where the kernel does not list its connections. */
  tcpStates: v.nullable(tcpStatesSchema),
  /** How old `tcpStates`, `unixSockets` and `listeners` are: their tables cost too much to be read each time. */
  tablesAgeMs: v.nullable(count),
  udpSockets: v.nullable(count),
  unixSockets: v.nullable(count),
  /** Memory that TCP's buffers take. */
  tcpMemoryBytes: v.nullable(count),
  sentSegments: v.nullable(count),
  receivedSegments: v.nullable(count),
  retransmittedSegments: v.nullable(count),
  /** Connections opened from here and from elsewhere, attempts that failed, and resets of established ones. */
  activeOpens: v.nullable(count),
  passiveOpens: v.nullable(count),
  failedAttempts: v.nullable(count),
  establishedResets: v.nullable(count),
  /** Connections that were lost because nobody accepted them in time. */
  listenOverflows: v.nullable(count),
  udpReceived: v.nullable(count),
  udpSent: v.nullable(count),
  udpErrors: v.nullable(count),
  /** TCP first, by port; of very many the first only. */
  listeners: v.array(listenerRawSchema),
  /** How many more there are than are listed. */
  listenersOmitted: count,
  /** What to do to see whose the listeners without a process are; null where all are known. */
  listenersRemedy: v.nullable(v.string()),
});
export type SocketRaw = v.InferOutput<typeof socketRawSchema>;
/** A platform that says nothing more than it must. */
export const unknownSockets = createUnknown(socketRawSchema);
