import { randomBytes } from 'node:crypto';
import { watch, type FSWatcher } from 'node:fs';
import { chmod, readdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import type { Limits, TokenScope } from '../../shared/protocol/index.ts';
import { makeFolder } from '../config/make-folder.ts';
import type { Log } from './log.ts';
import {
  createToken,
  deriveExpiryMs,
  hashToken,
  isSameHash,
  tokenRecordSchema,
  type IssuedToken,
  type TokenRecord,
} from './token-record.ts';

export type { IssuedToken, TokenRecord } from './token-record.ts';

export interface TokenStoreOptions {
  /** Made with mode 0700 at the first token. */
  readonly folder: string;
  readonly clock: Clock;
  readonly limits: Pick<Limits, 'viewTokenIdleMs' | 'controlTokenMs'>;
  readonly log: Log;
}

const touchEveryMs = 3_600_000;
const pollMs = 500;
const expiryCheckMs = 30_000;
const keepExpiredMs = 30 * 24 * 3_600_000;
const fileName = /^([0-9a-f]{12})\.json$/;

/**
 * Tokens, one file each, so that two processes (the host and its command line) may change them at once: a
 * token is created by writing its file and revoked by deleting it, and nothing that exists is ever rewritten.
 * Last use is the file's time, which cannot bring a deleted file back. What is in memory is a cache of the
 * folder; a file that cannot be read is named in a warning and left alone.
 */
export class TokenStore {
  readonly #options: TokenStoreOptions;
  readonly #records = new Map<string, TokenRecord>();
  readonly #warned = new Set<string>();
  readonly #listeners = new Set<(id: string) => void>();
  #scanning: Promise<void> | null = null;
  #scanAgain = false;

  constructor(options: TokenStoreOptions) {
    this.#options = options;
  }

  /**
   * Follows the folder until `scope` closes, so that what another process does is noticed: by events, or by
   * looking twice a second where the system has no more watches to give.
   */
  async watch(scope: TaskScope): Promise<void> {
    await this.#makeFolder();
    await this.#scan();
    scope.loop('token expiry', expiryCheckMs, () => this.#scan());
    let polling = false;
    const poll = (): void => {
      if (polling || scope.state !== 'open') return;
      polling = true;
      scope.loop('token poll', pollMs, () => this.#scan());
    };
    let watcher: FSWatcher;
    try {
      watcher = watch(this.#options.folder, { persistent: false });
    } catch (thrown) {
      this.#options.log('warning', `Tokens are polled: ${MonitorError.from(thrown).message}`);
      poll();
      return;
    }
    scope.adopt('token watch', () => watcher.close());
    watcher.on('error', poll);
    watcher.on('change', () => {
      this.#follow(poll).catch((thrown: unknown) => {
        this.#options.log('warning', `The tokens cannot be read: ${MonitorError.from(thrown).message}`);
      });
    });
  }

  /** Makes a token. The caller shows it once; only its hash is kept. */
  async create(wanted: { readonly name: string; readonly scope: TokenScope }): Promise<IssuedToken> {
    const { clock, folder } = this.#options;
    const token = createToken();
    const file = v.parse(tokenRecordSchema, {
      id: randomBytes(6).toString('hex'),
      name: wanted.name,
      scope: wanted.scope,
      sha256: hashToken(token),
      createdAt: new Date(clock.wall()).toISOString(),
    });
    await this.#makeFolder();
    const path = this.#path(file.id);
    const draft = join(folder, `.${file.id}.new`);
    await writeFile(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    const nowS = clock.wall() / 1_000;
    await utimes(draft, nowS, nowS);
    await rename(draft, path);
    const record = { ...file, lastUsedMs: clock.wall() };
    this.#records.set(file.id, record);
    return { token, record };
  }

  /** The record of a token that is valid now; null for every other. Counts as a use. */
  async verify(token: string): Promise<TokenRecord | null> {
    const hash = hashToken(token);
    const known = this.#find(hash);
    // Known: its file must still be there. Unknown: another process may have made it this moment.
    if (!known || !(await exists(this.#path(known.id)))) await this.#scan();
    const record = this.#find(hash);
    if (!record || this.expiryMs(record) <= this.#options.clock.wall()) return null;
    await this.touch(record.id);
    return this.#records.get(record.id) ?? null;
  }

  /** Notes a use, at most once an hour. */
  async touch(id: string): Promise<void> {
    const record = this.#records.get(id);
    const nowMs = this.#options.clock.wall();
    if (!record || Math.abs(nowMs - record.lastUsedMs) < touchEveryMs) return;
    try {
      await utimes(this.#path(id), nowMs / 1_000, nowMs / 1_000);
      this.#records.set(id, { ...record, lastUsedMs: nowMs });
    } catch (thrown) {
      if (isMissing(thrown)) await this.#scan();
      else
        this.#options.log(
          'warning',
          `The use of token ${id} was not noted: ${MonitorError.from(thrown).message}`,
        );
    }
  }

  /** Every token that is valid now, oldest first. */
  async list(): Promise<readonly TokenRecord[]> {
    await this.#scan();
    return [...this.#records.values()].sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  }

  /** Every token that was valid at the last look at the folder and still is, oldest first. Reads nothing. */
  known(): readonly TokenRecord[] {
    const nowMs = this.#options.clock.wall();
    return [...this.#records.values()]
      .filter((record) => this.expiryMs(record) > nowMs)
      .sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  }

  /** Ends a token. Whether there was one. */
  async revoke(id: string): Promise<boolean> {
    if (!fileName.test(`${id}.json`)) return false;
    try {
      await unlink(this.#path(id));
    } catch (thrown) {
      if (isMissing(thrown)) return false;
      throw thrown;
    } finally {
      await this.#scan();
    }
    return true;
  }

  /** Hears the id of each token that has ended, by whoever's doing. Returns the unsubscribe. */
  onRevoked(listener: (id: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** When the token ends if it is not used until then (wall time). */
  expiryMs(record: TokenRecord): number {
    return deriveExpiryMs(record, this.#options.limits);
  }

  async #follow(poll: () => void): Promise<void> {
    await this.#scan();
    // A folder that was deleted or replaced sends no more events.
    if (!(await exists(this.#options.folder))) poll();
  }

  #find(hash: string): TokenRecord | null {
    let found: TokenRecord | null = null;
    for (const record of this.#records.values()) if (isSameHash(record.sha256, hash)) found = record;
    return found;
  }

  #path(id: string): string {
    return join(this.#options.folder, `${id}.json`);
  }

  async #makeFolder(): Promise<void> {
    await makeFolder(this.#options.folder);
    await chmod(this.#options.folder, 0o700);
  }

  /** Brings the cache up to date. One at a time; who asks during one waits for a whole one after it. */
  async #scan(): Promise<void> {
    if (this.#scanning) {
      this.#scanAgain = true;
      return this.#scanning;
    }
    this.#scanning = (async () => {
      try {
        do {
          this.#scanAgain = false;
          await this.#scanOnce();
        } while (this.#scanAgain);
      } finally {
        // In the same turn as the last look at #scanAgain, so that nobody waits for a scan that is over.
        this.#scanning = null;
      }
    })();
    return this.#scanning;
  }

  async #scanOnce(): Promise<void> {
    const { folder, clock } = this.#options;
    const before = new Set(this.#records.keys());
    const found = new Map<string, TokenRecord>();
    for (const name of await readFolder(folder)) {
      const id = fileName.exec(name)?.[1];
      if (!id) continue;
      const record = await this.#read(id, join(folder, name));
      if (!record) continue;
      // Kept for a while after its end: a clock that was wrong for a moment must not cost anybody their token.
      const overdueMs = clock.wall() - this.expiryMs(record);
      if (overdueMs < 0) found.set(id, record);
      else if (overdueMs >= keepExpiredMs) await unlink(join(folder, name)).catch(ignoreMissing);
    }
    for (const id of [...this.#records.keys()]) {
      // A token made while the folder was being read is new, not revoked.
      if (before.has(id) && !found.has(id)) this.#records.delete(id);
    }
    for (const [id, record] of found) this.#records.set(id, record);
    for (const id of before) {
      if (!this.#records.has(id)) for (const listener of this.#listeners) listener(id);
    }
  }

  async #read(id: string, path: string): Promise<TokenRecord | null> {
    const known = this.#records.get(id);
    try {
      const { mtimeMs } = await stat(path);
      const file = known ?? v.parse(tokenRecordSchema, JSON.parse(await readFile(path, 'utf8')));
      if (file.id !== id) throw new MonitorError('invalidArgument', `it belongs to "${file.id}"`);
      return { ...file, lastUsedMs: mtimeMs };
    } catch (thrown) {
      if (isMissing(thrown)) return null;
      if (known) return known;
      if (!this.#warned.has(path)) {
        this.#warned.add(path);
        this.#options.log(
          'warning',
          `The token file ${path} cannot be read and is left alone: ${MonitorError.from(thrown).message}. Delete it to revoke what it was.`,
        );
      }
      return null;
    }
  }
}

async function readFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    if (isMissing(thrown)) return [];
    throw thrown;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    throw thrown;
  }
}

function ignoreMissing(thrown: unknown): void {
  if (!isMissing(thrown)) throw thrown;
}

function isMissing(thrown: unknown): boolean {
  return (thrown as NodeJS.ErrnoException | null)?.code === 'ENOENT';
}
