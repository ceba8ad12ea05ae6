import type { CloseReason } from '../../core/transport.ts';
import type { ReasonCode } from '../../shared/protocol/index.ts';

/** WebSocket close codes by reason. Source: RFC 6455 section 7.4; 4000–4999 are for applications to give. */
const codes: Readonly<Record<ReasonCode, number>> = {
  clientClosed: 1000,
  disconnected: 1000,
  shutdown: 1001,
  protocolVersion: 1002,
  invalidMessage: 1007,
  unknownType: 1008,
  unknownMethod: 1008,
  invalidState: 1008,
  limitExceeded: 1008,
  rateLimited: 1008,
  slowConsumer: 1008,
  greetingTimeout: 1008,
  pingTimeout: 1008,
  internal: 1011,
  unauthorized: 4401,
  forbidden: 4403,
  revoked: 4401,
  replaced: 4409,
};

/** The close code that tells a reason. */
export function deriveCloseCode(code: ReasonCode): number {
  return codes[code];
}

/** At most 123 bytes of UTF-8 fit into a close frame. */
export function trimCloseMessage(message: string): string {
  let trimmed = message;
  while (Buffer.byteLength(trimmed) > 123) trimmed = trimmed.slice(0, -1);
  return trimmed;
}

/** The reason of a close that the peer began, or that its bytes or their absence caused. */
export function deriveCloseReason(code: number, message: string): CloseReason {
  if (code === 1006) return { code: 'disconnected', message: 'The connection was cut.' };
  if (code === 1009) return { code: 'limitExceeded', message: 'A message was too big.' };
  return { code: 'clientClosed', message: message || `The client closed (${code}).` };
}
