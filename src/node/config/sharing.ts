import { readFile, realpath } from 'node:fs/promises';
import { isIP } from 'node:net';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { SharingSettings, SharingSwitch } from '../server/sharing.ts';
import { makeFolder } from './make-folder.ts';
import { writeWhole } from './write-whole.ts';

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

/**
 * Writes the switch of sharing into a config file and keeps whatever else stands there. Throws MonitorError `io` or
 * `invalidArgument` with a sentence for people, and leaves the file, where it cannot be read as JSON or be written.
 */
export async function saveSharing(path: string, { enabled, plainHttp }: SharingSwitch): Promise<void> {
  try {
    const place = await realpath(path).catch(() => path);
    const text = await readText(place);
    const config = parseObject(text);
    const sharing = { ...(isObject(config.sharing) ? config.sharing : {}), enabled, plainHttp };
    await makeFolder(dirname(place));
    await writeWhole(place, `${JSON.stringify({ ...config, sharing }, null, deriveIndent(text))}\n`);
  } catch (cause) {
    const message = `the config file ${path} cannot be written: ${MonitorError.from(cause).message}.`;
    throw new MonitorError('io', message, { cause });
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return '{}';
    throw thrown;
  }
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch {
    // Said below, in the same words as of JSON that is no object.
  }
  if (!isObject(value)) throw new Error('it holds no JSON object, so that nothing can be added to it');
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As the file was indented before. */
function deriveIndent(text: string): string {
  return /^\{\r?\n([ \t]+)/.exec(text)?.[1] ?? '  ';
}
