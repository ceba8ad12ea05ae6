import type { RequestHandler } from '../../core/session-host.ts';
import { accessMethodSchemas } from '../../shared/protocol/index.ts';
import { auditMethod } from '../access/access-methods.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { parseParams } from './parse-params.ts';
import type { Sharing } from './sharing.ts';

/**
 * The request methods of how a host is shared, and of who else is. What changes something stands in the audit log; who may call them is said by
 * `deriveCapabilities`.
 */
export function createSharingMethods(
  sharing: Pick<Sharing, 'set' | 'look'>,
  audit: Pick<AuditLog, 'note'>,
): Readonly<Record<'sharing.set' | 'nearby.look', RequestHandler>> {
  return {
    'sharing.set': auditMethod(audit, 'sharing.changed', ['enabled', 'plainHttp'], (params) =>
      sharing.set(parseParams(accessMethodSchemas['sharing.set'], params)),
    ),
    // Of what is asked for every few seconds, and changes nothing, there is no record.
    'nearby.look': (params) => {
      parseParams(accessMethodSchemas['nearby.look'], params);
      sharing.look();
    },
  };
}
