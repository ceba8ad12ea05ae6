import { useMemo } from 'react';
import type { AccessMethod, AccessParams } from '../../../shared/protocol/index.ts';
import { useSession, useStatus } from '../../session-context.ts';

/** A method of access, as it may be called here; null where it may not, so that no button for it is shown. */
export type AccessCall<Method extends AccessMethod> =
  ((params: AccessParams<Method>) => Promise<unknown>) | null;

/** A method by which it is decided who may watch; see `accessMethodSchemas`. Null while the host does not grant it. */
export function useAccessMethod<Method extends AccessMethod>(method: Method): AccessCall<Method> {
  const session = useSession();
  const { welcome } = useStatus();
  const isGranted = welcome?.capabilities.methods.includes(method) === true;
  return useMemo(
    () => (isGranted ? (params: AccessParams<Method>) => session.request(method, params) : null),
    [session, method, isGranted],
  );
}
