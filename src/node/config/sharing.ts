import { isIP } from 'node:net';
import * as v from 'valibot';
import type { SharingSettings } from '../server/sharing.ts';

const flag = v.optional(v.boolean('must be true or false'));

/** How the host is shared on the LAN. The app's switch writes the first two. */
export const sharingConfigSchema = v.strictObject(
  { enabled: flag, plainHttp: flag, announce: flag },
  'must be an object',
);
export type SharingConfig = v.InferOutput<typeof sharingConfigSchema>;

/** Where a bind setting means to listen: on this machine alone, or on the LAN. */
export interface Bind {
  readonly kind: 'loopback' | 'lan';
  /** `::` for all addresses. */
  readonly address: string;
}

/** The address that a bind setting names; null where it is none. Names but `localhost` are none: they may change. */
export function parseBind(text: string): Bind | null {
  const address = text.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (address === 'localhost') return { kind: 'loopback', address: '127.0.0.1' };
  if (address === '*') return { kind: 'lan', address: '::' };
  if (isIP(address) === 0) return null;
  const isLoopback = address === '::1' || address.startsWith('127.');
  return { kind: isLoopback ? 'loopback' : 'lan', address };
}

/** What is wrong with a bind setting that names no address. */
export function describeBadBind(issue: { readonly input: unknown }): string {
  const given = JSON.stringify(issue.input);
  return `must be an address of this machine, as 127.0.0.1 or 192.168.1.5, or * for all, and is ${given}`;
}

/** What the command line says about sharing; it wins over the config, and is not remembered. */
export interface SharingArguments {
  readonly share?: boolean | undefined;
  readonly plainHttp?: boolean | undefined;
}

/**
 * How a host is to be shared. A bind setting of the LAN means sharing on that address, unless sharing is turned off
 * by name.
 */
export function deriveSharingSettings(
  config: SharingConfig | undefined,
  bind: Bind,
  { share, plainHttp }: SharingArguments = {},
): SharingSettings {
  return {
    enabled: share ?? config?.enabled ?? bind.kind === 'lan',
    plainHttp: plainHttp ?? config?.plainHttp ?? false,
    announce: config?.announce ?? true,
    address: bind.kind === 'lan' ? bind.address : '::',
  };
}
