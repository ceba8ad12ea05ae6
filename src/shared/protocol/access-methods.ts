import * as v from 'valibot';
import { tokenScopeSchema } from './scope.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const deviceName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(64));
/** For how long from now a guest is let in; null: no longer a guest. At most a day. */
const guestMs = v.nullable(
  v.pipe(v.number(), v.safeInteger(), v.minValue(60_000), v.maxValue(24 * 3_600_000)),
);

/**
 * Parameters of the request methods that decide who may watch, which need the scope `admin`. Each stands in the audit
 * log, and its effect is seen in the topic `access`.
 */
export const accessMethodSchemas = {
  /** Turns sharing on the LAN on or off, or changes how. What is left out stays. Result: null, once it listens. */
  'sharing.set': v.object({ enabled: v.optional(v.boolean()), plainHttp: v.optional(v.boolean()) }),
  /** Makes a new pairing code; the one before it is void. Result: `{code, expiresAt, url}`. */
  'pairing.open': v.object({}),
  /** Makes the code void. Result: null. */
  'pairing.close': v.object({}),
  /** Lets a device in that waits, under the name and the scope that are given, or turns it away. Result: null. */
  'pairing.answer': v.object({
    requestId: id,
    accept: v.boolean(),
    name: v.optional(deviceName),
    scope: v.optional(tokenScopeSchema),
    guestMs: v.optional(guestMs),
  }),
  /** Renames a paired device, changes its scope, or when it ends; its connections are closed to come back so. Result: null. */
  'device.change': v.object({
    id,
    name: v.optional(deviceName),
    scope: v.optional(tokenScopeSchema),
    guestMs: v.optional(guestMs),
  }),
  /** Ends a device's token and closes its sockets. Result: null. */
  'device.revoke': v.object({ id }),
  /** Closes one connection. Its client may come back. Result: null. */
  'client.disconnect': v.object({ id }),
  /**
   * Looks for hosts nearby for a quarter of a minute more; those that are heard stand in the topic. Changes nothing, and
   * is not in the audit log. Result: null.
   */
  'nearby.look': v.object({}),
} as const;

export type AccessMethod = keyof typeof accessMethodSchemas;
export type AccessParams<Method extends AccessMethod> = v.InferOutput<(typeof accessMethodSchemas)[Method]>;
/** Every access method. */
export const accessMethods = Object.keys(accessMethodSchemas) as readonly AccessMethod[];

/** Answer of `pairing.open`. `url` is what a device opens; `qr` the same with the code in its fragment, for a camera. */
export const pairingOpenedSchema = v.object({
  code: v.string(),
  expiresAt: v.string(),
  url: v.string(),
  qr: v.string(),
});
export type PairingOpened = v.InferOutput<typeof pairingOpenedSchema>;
