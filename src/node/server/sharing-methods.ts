import type { RequestHandler } from '../../core/session-host.ts';
import { accessMethodSchemas } from '../../shared/protocol/index.ts';
import { auditMethod } from '../access/access-methods.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { parseParams } from './parse-params.ts';
import type { Sharing } from './sharing.ts';

/**
 * The request methods that change how a host is shared. They stand in the audit log; who may call them is said by
 * `deriveCapabilities`.
 */
export function createSharingMethods(
  sharing: Pick<Sharing, 'set'>,
  audit: Pick<AuditLog, 'note'>,
): Readonly<Record<'sharing.set', RequestHandler>> {
  return {
    'sharing.set': auditMethod(audit, 'sharing.changed', ['enabled', 'plainHttp'], (params) =>
      sharing.set(parseParams(accessMethodSchemas['sharing.set'], params)),
    ),
  };
}
