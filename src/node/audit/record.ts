import type { ClientSession } from '../../core/client-session.ts';
import type { TokenStore } from '../server/token-store.ts';
import { deriveActor, hostActor, type AuditNote } from './audit-entry.ts';
import type { AuditLog } from './audit-log.ts';

/** That a client called a method which its scope does not allow. */
export function createRefusalNote(session: ClientSession, method: string): AuditNote {
  return {
    event: 'request.refused',
    who: deriveActor(session),
    what: { method },
    outcome: 'refused',
    code: 'forbidden',
  };
}

/** Puts on record which devices ended because their time was over. Revocations are recorded by who makes them. */
export function recordEnds(tokens: Pick<TokenStore, 'onEnded'>, audit: Pick<AuditLog, 'note'>): void {
  tokens.onEnded((device, end) => {
    if (end === 'expired') {
      void audit.note({ event: 'device.expired', who: hostActor, what: { device }, outcome: 'done' });
    }
  });
}
