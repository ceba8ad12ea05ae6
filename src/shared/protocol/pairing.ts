import * as v from 'valibot';
import { tokenScopeSchema } from './scope.ts';

/** Six digits that the device shows while it waits, so that the host's user knows which device it is that asks. */
export const pairingKeySchema = v.pipe(v.string(), v.regex(/^[0-9]{6}$/, 'It must be six digits.'));

/** Body of `POST /v1/pair`. Its answer comes once the host's user has confirmed, or at once where a code is enough. */
export const pairRequestSchema = v.object({
  code: v.pipe(v.string(), v.minLength(1), v.maxLength(32)),
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(64)),
  key: v.optional(pairingKeySchema),
});

/** Its answer. `expiresAt` is ISO 8601; for a view token it moves on with each use. */
export const pairResponseSchema = v.object({
  token: v.string(),
  scope: tokenScopeSchema,
  expiresAt: v.string(),
});
export type PairResponse = v.InferOutput<typeof pairResponseSchema>;

/**
 * What a camera is shown: the page's address with the code in its fragment, which browsers keep to themselves and send
 * to no server. `url` has no slash at its end.
 */
export function createPairingLink(url: string, code: string): string {
  return `${url}/#pair=${code}`;
}

/** The code in the fragment of such an address; null where there is none. */
export function parsePairingLink(fragment: string): string | null {
  return /^#pair=([A-Za-z]{4}-?[A-Za-z]{4})$/.exec(fragment)?.[1]?.toUpperCase() ?? null;
}

/** Body of every HTTP error. */
export const httpErrorSchema = v.object({ code: v.string(), message: v.string() });
