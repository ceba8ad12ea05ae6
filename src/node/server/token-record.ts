import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import {
  includesScope,
  tokenScopeSchema,
  type Limits,
  type TokenScope,
} from '../../shared/protocol/index.ts';

const tokenId = v.pipe(v.string(), v.regex(/^[0-9a-f]{12}$/));
const tokenName = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const time = v.pipe(v.string(), v.isoTimestamp());

/** What a token's file holds, from when it was made. The token itself is nowhere but with its bearer. */
export const tokenRecordSchema = v.strictObject({
  id: tokenId,
  name: tokenName,
  scope: tokenScopeSchema,
  /** SHA-256 of the token, base64url. */
  sha256: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
  createdAt: time,
  /** When a guest ends, used or not. */
  endsAt: v.optional(time),
});
export type TokenFile = v.InferOutput<typeof tokenRecordSchema>;

/** What the file of a token's change holds: all that can change, as it is from then on. */
export const tokenChangeSchema = v.strictObject({
  id: tokenId,
  name: tokenName,
  scope: tokenScopeSchema,
  /** Since when it has this scope. */
  scopeAt: time,
  endsAt: v.optional(time),
});
export type TokenChange = v.InferOutput<typeof tokenChangeSchema>;

/** A token as lists show it: its file with its last change, and when it was last used (the file's time of modification). */
export interface TokenRecord extends TokenFile {
  readonly lastUsedMs: number;
  /** Since when it has its scope; left out where that is since it was made. */
  readonly scopeAt?: string | undefined;
}

/** A new token with its record. This is the only time that the token is seen. */
export interface IssuedToken {
  readonly token: string;
  readonly record: TokenRecord;
}

/** 32 random bytes, base64url: 256 bits, so that a plain hash keeps it and guessing is hopeless. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What stands in a token's place on disk. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Compares two hashes in constant time. */
export function isSameHash(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * When a token ends, in wall time: one that only shows after 90 days without use; one that may act 12 hours after it
 * was given that, whenever it was made; a guest at its own end if that is sooner.
 */
export function deriveExpiryMs(
  record: Pick<TokenRecord, 'createdAt' | 'scopeAt' | 'endsAt' | 'lastUsedMs'> & {
    readonly scope: TokenScope;
  },
  limits: Pick<Limits, 'viewTokenIdleMs' | 'controlTokenMs'>,
): number {
  const byScope = includesScope(record.scope, 'control')
    ? Date.parse(record.scopeAt ?? record.createdAt) + limits.controlTokenMs
    : record.lastUsedMs + limits.viewTokenIdleMs;
  return record.endsAt === undefined ? byScope : Math.min(byScope, Date.parse(record.endsAt));
}
