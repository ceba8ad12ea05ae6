import * as v from 'valibot';

/** What a token lets its bearer do: read figures, or also act on the host. */
export const tokenScopeSchema = v.picklist(['view', 'control']);
export type TokenScope = v.InferOutput<typeof tokenScopeSchema>;

/** Body of `POST /v1/pair`. */
export const pairRequestSchema = v.object({
  code: v.pipe(v.string(), v.minLength(1), v.maxLength(32)),
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(64)),
});
export type PairRequest = v.InferOutput<typeof pairRequestSchema>;

/** Its answer. `expiresAt` is ISO 8601; for a view token it moves on with each use. */
export const pairResponseSchema = v.object({
  token: v.string(),
  scope: tokenScopeSchema,
  expiresAt: v.string(),
});
export type PairResponse = v.InferOutput<typeof pairResponseSchema>;

/** Body of every HTTP error. */
export const httpErrorSchema = v.object({ code: v.string(), message: v.string() });
