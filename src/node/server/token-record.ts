import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import {
  includesScope,
  tokenScopeSchema,
  type Limits,
  type TokenScope,
} from '../../shared/protocol/index.ts';

/** What a token's file holds. The token itself is nowhere but with its bearer. */
export const tokenRecordSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{12}$/)),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  scope: tokenScopeSchema,
  /** SHA-256 of the token, base64url. */
  sha256: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
});
export type TokenFile = v.InferOutput<typeof tokenRecordSchema>;

/** A token as lists show it: its file, and when it was last used (the file's time of modification). */
export interface TokenRecord extends TokenFile {
  readonly lastUsedMs: number;
  /** When a guest ends, used or not. */
  readonly endsAt?: string;
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

/** When a token ends: one that only shows after 90 days without use, one that may act 12 hours after it was made. Wall time. */
export function deriveExpiryMs(
  record: { readonly scope: TokenScope; readonly createdAt: string; readonly lastUsedMs: number },
  limits: Pick<Limits, 'viewTokenIdleMs' | 'controlTokenMs'>,
): number {
  return includesScope(record.scope, 'control')
    ? Date.parse(record.createdAt) + limits.controlTokenMs
    : record.lastUsedMs + limits.viewTokenIdleMs;
}
