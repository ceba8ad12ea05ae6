import * as v from 'valibot';

/**
 * What a token lets its bearer do, each scope with all that those before it have:
 *
 * - `vitals`: figures of the machine and its parts, nothing that names a process, a container, a service or a user;
 * - `view`: those names too, and what each of them uses;
 * - `arguments`: the command lines of processes;
 * - `control`: may look into one process, end, stop, continue and renice it; sees the monitor's own cost and diagnostics;
 * - `admin`: may share, pair, rename, rescope, revoke and disconnect.
 */
export const tokenScopes = ['vitals', 'view', 'arguments', 'control', 'admin'] as const;
export const tokenScopeSchema = v.picklist(tokenScopes);
export type TokenScope = v.InferOutput<typeof tokenScopeSchema>;

/** What a client was let in for: a token's scope, or `local`, the host's own window and tray, which may do everything. */
const grantScopes = [...tokenScopes, 'local'] as const;
export const grantScopeSchema = v.picklist(grantScopes);
export type GrantScope = v.InferOutput<typeof grantScopeSchema>;

/** Whether `scope` has what `needed` has. */
export function includesScope(scope: GrantScope, needed: GrantScope): boolean {
  return grantScopes.indexOf(scope) >= grantScopes.indexOf(needed);
}
