import { randomBytes } from 'node:crypto';
import { chmod, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { makeFolder } from '../../node/config/make-folder.ts';
import { writeWhole } from '../../node/config/write-whole.ts';
import type { Log } from '../../node/server/log.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { TokenSeal } from './token-seal.ts';

/** A host that this app was paired with. */
export interface KnownHost {
  /** Ours, and the file's name. */
  readonly id: string;
  /** Its origin, without a slash at the end. */
  readonly url: string;
  /** What it calls itself: anybody's text. */
  readonly name: string;
  readonly token: string;
  /** SHA-256 of its certificate, as 64 hexadecimal digits; null where it is reached without encryption. */
  readonly fingerprint: string | null;
}

export interface KnownHostsOptions {
  readonly folder: string;
  readonly seal: TokenSeal;
  readonly log: Log;
}

const fileName = /^([0-9a-f]{12})\.json$/;

const fileSchema = v.strictObject({
  url: v.pipe(v.string(), v.url()),
  name: v.string(),
  fingerprint: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  token: v.union([v.strictObject({ sealed: v.string() }), v.strictObject({ plain: v.string() })]),
});

/** A new id of a host. */
export function createHostId(): string {
  return randomBytes(6).toString('hex');
}

/**
 * The hosts that this app was paired with, a file each, for their owner alone; the token is sealed where there is a
 * keyring. What cannot be read is named in the log and left alone.
 */
export class KnownHosts {
  readonly #options: KnownHostsOptions;

  constructor(options: KnownHostsOptions) {
    this.#options = options;
  }

  /** Of one host. */
  pathOf(id: string): string {
    return join(this.#options.folder, `${id}.json`);
  }

  /** All that can be read. Throws the system's error where the folder is there and cannot be. */
  async list(): Promise<readonly KnownHost[]> {
    const hosts: KnownHost[] = [];
    for (const name of await this.#names()) {
      const id = fileName.exec(name)?.[1];
      if (id === undefined) continue;
      try {
        hosts.push(await this.#read(id));
      } catch (thrown) {
        const { message } = MonitorError.from(thrown);
        const path = this.pathOf(id);
        this.#options.log('warning', `The host file ${path} cannot be read and is left alone: ${message}.`);
      }
    }
    return hosts;
  }

  /** Keeps a host in the place of what was kept under its id, whole or not at all. Throws the system's error. */
  async save({ id, url, name, token, fingerprint }: KnownHost): Promise<void> {
    const { folder, seal } = this.#options;
    await makeFolder(folder);
    await chmod(folder, 0o700);
    const sealed = seal.seal(token);
    const file: v.InferOutput<typeof fileSchema> = {
      url,
      name,
      fingerprint,
      token: sealed === null ? { plain: token } : { sealed },
    };
    await writeWhole(this.pathOf(id), `${JSON.stringify(file, null, 2)}\n`);
  }

  /** Forgets a host, and the token that lets this app in there. One that is not known is forgotten already. */
  async forget(id: string): Promise<void> {
    await unlink(this.pathOf(id)).catch((thrown: unknown) => {
      if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
    });
  }

  async #read(id: string): Promise<KnownHost> {
    const text = await readFile(this.pathOf(id), 'utf8');
    const { token, ...rest } = v.parse(fileSchema, JSON.parse(text));
    return { id, ...rest, token: 'plain' in token ? token.plain : this.#options.seal.unseal(token.sealed) };
  }

  async #names(): Promise<string[]> {
    try {
      return await readdir(this.#options.folder);
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw thrown;
    }
  }
}
