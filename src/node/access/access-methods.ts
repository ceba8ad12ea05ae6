import type { ClientSession } from '../../core/client-session.ts';
import type { RequestHandler } from '../../core/session-host.ts';
import type { CloseReason } from '../../core/transport.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import {
  accessMethodSchemas,
  type AccessMethod,
  type AccessParams,
  type PairingOpened,
} from '../../shared/protocol/index.ts';
import { deriveActor, type AuditEvent, type AuditNote } from '../audit/audit-entry.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { parseParams } from '../server/parse-params.ts';
import type { Pairing } from '../server/pairing.ts';
import type { Sharing } from '../server/sharing.ts';
import type { TokenRecord, TokenStore } from '../server/token-store.ts';

export interface AccessMethodsOptions {
  readonly clock: Clock;
  readonly tokens: Pick<TokenStore, 'get' | 'change' | 'revoke'>;
  readonly pairing: Pick<Pairing, 'open' | 'close' | 'answer'>;
  readonly sharing: Pick<Sharing, 'pairUrl'>;
  readonly sessions: () => readonly ClientSession[];
  readonly audit: Pick<AuditLog, 'note'>;
}

type Audited = { readonly event: AuditEvent; readonly what?: AuditNote['what'] };

/** Final to the client's own reconnecting: it comes back when somebody there asks it to. */
const disconnectedReason: CloseReason = {
  code: 'forbidden',
  message: 'The host’s user has closed this connection.',
};

/**
 * The methods that decide who may watch, but for sharing itself. Each throws MonitorError, and stands in the audit log
 * with what came of it; who may call them is said by `deriveCapabilities`.
 */
export function createAccessMethods(
  options: AccessMethodsOptions,
): Readonly<Record<Exclude<AccessMethod, 'sharing.set' | 'nearby.look'>, RequestHandler>> {
  const { pairing, sharing } = options;
  return {
    'pairing.open': (params, session): PairingOpened => {
      parseParams(accessMethodSchemas['pairing.open'], params);
      const { code, expiresAtMs } = pairing.open(deriveActor(session));
      const qr = sharing.pairUrl(code);
      return { code, expiresAt: new Date(expiresAtMs).toISOString(), url: new URL(qr).origin, qr };
    },
    'pairing.close': (params, session) => {
      parseParams(accessMethodSchemas['pairing.close'], params);
      pairing.close(deriveActor(session));
    },
    'pairing.answer': (params, session) => {
      const { requestId, ...answer } = parseParams(accessMethodSchemas['pairing.answer'], params);
      return pairing.answer(requestId, answer, deriveActor(session));
    },
    'device.change': (params, session) => {
      const wishes = parseParams(accessMethodSchemas['device.change'], params);
      return changeDevice(options, wishes, session);
    },
    'device.revoke': (params, session) => {
      const { id } = parseParams(accessMethodSchemas['device.revoke'], params);
      const record = options.tokens.get(id);
      const what = { device: id, name: record?.name ?? null };
      return audited(options.audit, session, { event: 'device.revoked', what }, async () => {
        if (!(await options.tokens.revoke(id))) throw unknownDevice();
      });
    },
    'client.disconnect': (params, session) => {
      const { id } = parseParams(accessMethodSchemas['client.disconnect'], params);
      return disconnect(options, id, session);
    },
  };
}

/** A method of somebody else's that stands in the audit log like these. `what` says which of its parameters are told. */
export function auditMethod(
  audit: AccessMethodsOptions['audit'],
  event: AuditEvent,
  what: readonly string[],
  handler: RequestHandler,
): RequestHandler {
  return (params, session) => {
    const told = what.map((name) => [name, tellable(params[name])] as const);
    return audited(audit, session, { event, what: Object.fromEntries(told) }, async () =>
      handler(params, session),
    );
  };
}

function changeDevice(
  { tokens, clock, audit }: AccessMethodsOptions,
  { id, name, scope, guestMs }: AccessParams<'device.change'>,
  session: ClientSession,
): Promise<unknown> {
  const before = tokens.get(id);
  const what = {
    device: id,
    ...(before && { nameBefore: before.name, scopeBefore: before.scope }),
    ...(name !== undefined && { name }),
    ...(scope !== undefined && { scope }),
    ...(guestMs !== undefined && { guestMs }),
  };
  return audited(audit, session, { event: 'device.changed', what }, async () => {
    if (!before) throw unknownDevice();
    if (name === undefined && scope === undefined && guestMs === undefined) {
      throw new MonitorError(
        'invalidArgument',
        'There is nothing to change: give a name, a scope or guestMs.',
      );
    }
    refuseOwn(before, session, scope !== undefined || guestMs !== undefined);
    const endsWallMs = typeof guestMs === 'number' ? clock.wall() + guestMs : guestMs;
    if (!(await tokens.change(id, { name, scope, endsWallMs }))) throw unknownDevice();
  });
}

/** A device neither prolongs what it was given nor shuts itself out: it may rename itself, and be revoked. */
function refuseOwn({ id }: TokenRecord, session: ClientSession, changesAccess: boolean): void {
  if (!changesAccess || session.grant?.tokenId !== id) return;
  throw new MonitorError(
    'forbidden',
    'A device does not change its own scope or end. Do it at the host, or from another device of scope admin.',
  );
}

function disconnect(
  { sessions, audit }: AccessMethodsOptions,
  id: string,
  session: ClientSession,
): Promise<unknown> {
  const target = sessions().find((client) => client.id === id);
  const what = { client: id, name: target?.name ?? null, device: target?.grant?.tokenId ?? null };
  return audited(audit, session, { event: 'client.disconnected', what }, async () => {
    if (!target) throw new MonitorError('notFound', 'There is no such connection, or not any more.');
    if (target.kind !== 'socket') {
      throw new MonitorError('forbidden', 'That is a window of the host itself. Close it there.');
    }
    void target.close(disconnectedReason);
  });
}

async function audited(
  audit: AccessMethodsOptions['audit'],
  session: ClientSession,
  { event, what = {} }: Audited,
  perform: () => Promise<unknown>,
): Promise<unknown> {
  // Asked now: by the time that it is done, the session may be closed by it.
  const who = deriveActor(session);
  try {
    const value = await perform();
    await audit.note({ event, who, what, outcome: 'done' });
    return value;
  } catch (thrown) {
    const { code, message } = MonitorError.from(thrown);
    const outcome = ['io', 'internal', 'unavailable', 'timeout'].includes(code) ? 'failed' : 'refused';
    await audit.note({ event, who, what, outcome, code, message });
    throw thrown;
  }
}

function unknownDevice(): MonitorError {
  return new MonitorError('notFound', 'There is no such device, or not any more.');
}

function tellable(value: unknown): string | number | boolean | null {
  return typeof value === 'boolean' || typeof value === 'number' ? value : null;
}
