import * as v from 'valibot';
import { tokenScopeSchema } from '../../protocol/scope.ts';
import { count, name } from './common.ts';

/** Who may watch this host: whether it is shared, who is paired, who asks to be, and which hosts are near. */
export const accessRawSchema = v.object({
  sharing: v.object({
    state: v.picklist(['off', 'starting', 'on', 'failed']),
    /** What went wrong, or what stands in the way; null where nothing does. */
    message: v.nullable(v.string()),
    /** Whether viewers on the LAN are also let in without TLS, view-only. */
    plainHttp: v.boolean(),
    /** What a device on the LAN opens, best first; empty while sharing is off. */
    urls: v.array(v.string()),
    /** SHA-256 of the certificate, as browsers show it: upper-case pairs with colons. Null until there is one. */
    fingerprint: v.nullable(v.string()),
    certificateEndsWallMs: v.nullable(count),
    /** The name under which hosts nearby see this one; null while it is not announced. */
    announcedAs: v.nullable(name),
  }),
  pairing: v.object({
    /** The live code, as XXXX-XXXX; null where there is none. */
    code: v.nullable(
      v.object({ code: v.string(), qr: v.string(), expiresWallMs: count, attemptsLeft: count }),
    ),
    /** Devices that have given the right code and wait for the host's user. */
    requests: v.array(
      v.object({
        id: name,
        name,
        address: name,
        /** Six digits that the device shows too; null where it sent none. */
        key: v.nullable(name),
        ageMs: count,
        endsInMs: count,
      }),
    ),
  }),
  devices: v.array(
    v.object({
      id: name,
      name,
      scope: tokenScopeSchema,
      createdWallMs: count,
      lastUsedWallMs: count,
      expiresWallMs: count,
      /** Let in for a while only. */
      guest: v.boolean(),
      /** Its connections now. */
      connections: count,
    }),
  ),
  /** Other hosts that announce themselves on the LAN. What they say of themselves is anybody's text. */
  nearby: v.array(
    v.object({
      instanceId: name,
      name,
      address: name,
      port: count,
      url: v.string(),
      version: name,
      /** How long ago it was last heard. */
      seenMs: count,
    }),
  ),
});
export type AccessRaw = v.InferOutput<typeof accessRawSchema>;
