import * as v from 'valibot';
import type { ClientSession } from '../../core/client-session.ts';
import { grantScopeSchema } from '../../shared/protocol/index.ts';

/** What is put on record. */
export const auditEvents = [
  'pairing.opened',
  'pairing.closed',
  'pairing.asked',
  'pairing.succeeded',
  'pairing.refused',
  'pairing.expired',
  'pairing.withdrawn',
  'pairing.failed',
  'token.created',
  'token.wrong',
  'device.changed',
  'device.revoked',
  'device.expired',
  'client.disconnected',
  'sharing.changed',
  'request.refused',
  'process.signal',
  'process.renice',
] as const;
export type AuditEvent = (typeof auditEvents)[number];

const text = v.nullable(v.string());

/** Who did it. A name is anybody's text. */
export const auditActorSchema = v.object({
  /** A window, the tray, a socket, who has shown no token, the command line, or the host by itself. */
  kind: v.string(),
  /** The number of the connection at this run of the host. */
  client: text,
  /** The id of its token. Never the token. */
  device: text,
  name: text,
  scope: v.nullable(grantScopeSchema),
  address: text,
});
export type AuditActor = v.InferOutput<typeof auditActorSchema>;

/** One line of the log. Never a token, a code, a key, or anything of a command line. */
export const auditEntrySchema = v.object({
  /** ISO 8601, UTC. */
  time: v.pipe(v.string(), v.isoTimestamp()),
  event: v.picklist(auditEvents),
  who: auditActorSchema,
  /** To what, and what was wanted of it, by the event. */
  what: v.record(v.string(), v.nullable(v.union([v.string(), v.number(), v.boolean()]))),
  /** `asked` where that is put on record before anything is done; `refused` where the host would not, `failed` where it could not. */
  outcome: v.picklist(['asked', 'done', 'refused', 'failed']),
  code: text,
  message: text,
});
export type AuditEntry = v.InferOutput<typeof auditEntrySchema>;

/** An entry before it is written. What is left out is null or nothing. */
export type AuditNote = Pick<AuditEntry, 'event' | 'who' | 'outcome'> &
  Partial<Pick<AuditEntry, 'what' | 'code' | 'message'>>;

/** The host by itself, as it ends what is over. */
export const hostActor: AuditActor = {
  kind: 'host',
  client: null,
  device: null,
  name: null,
  scope: null,
  address: null,
};

/** Whoever runs the command line has the host's files anyway. */
export const commandLineActor: AuditActor = { ...hostActor, kind: 'commandLine' };

/** Who has not shown a token. */
export function createStranger(address: string, name: string | null = null): AuditActor {
  return { ...hostActor, kind: 'stranger', address, name };
}

/** Who is at the other end of a session. */
export function deriveActor(
  session: Pick<ClientSession, 'id' | 'kind' | 'name' | 'address' | 'grant'>,
): AuditActor {
  const { id, kind, name, address, grant } = session;
  return {
    kind,
    client: id,
    device: grant?.tokenId ?? null,
    name,
    scope: grant?.scope ?? null,
    address,
  };
}
