import { randomBytes } from 'node:crypto';
import { watch, type FSWatcher } from 'node:fs';
import * as v from 'valibot';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import type { Limits, TokenScope } from '../../shared/protocol/index.ts';
import type { Log } from './log.ts';
import { isMissing, TokenFiles } from './token-files.ts';
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

/** What can be changed of a token. What is left out stays. */
export interface TokenWishes {
  readonly name?: string | undefined;
  readonly scope?: TokenScope | undefined;
  /** Until when a guest is let in, in wall time; null: no longer a guest. */
  readonly endsWallMs?: number | null | undefined;
}

/** How a token ended: somebody deleted its file, or its time was over. */
export type TokenEnd = 'revoked' | 'expired';

interface Known {
  /** That of the change which the record holds. */
  readonly number: number;
  readonly record: TokenRecord;
}

const touchEveryMs = 3_600_000;
const pollMs = 500;
const expiryCheckMs = 30_000;
/** While there are guests, who end to the second although the clock may be stepped or the machine may have slept. */
const guestCheckMs = 1_000;
const keepExpiredMs = 30 * 24 * 3_600_000;

/**
 * Who is let in. What is in memory is a cache of the folder, which other processes change too; a file that cannot be
 * read is named in a warning, lets nobody in and is left alone.
 */
export class TokenStore {
  readonly #options: TokenStoreOptions;
  readonly #files: TokenFiles;
  readonly #known = new Map<string, Known>();
  readonly #warned = new Set<string>();
  readonly #endListeners = new Set<(id: string, end: TokenEnd) => void>();
  readonly #scopeListeners = new Set<(id: string) => void>();
  #scanning: Promise<void> | null = null;
  #scanAgain = false;
  /** Wakes who waits for the next end, since there may be a sooner one. */
  #endsChanged = new AbortController();

  constructor(options: TokenStoreOptions) {
    this.#options = options;
    this.#files = new TokenFiles(options.folder);
  }

  /**
   * Follows the folder until `scope` closes, so that what another process does is noticed: by events, or by
   * looking twice a second where the system has no more watches to give.
   */
  async watch(scope: TaskScope): Promise<void> {
    const { clock, folder, log } = this.#options;
    await this.#files.prepare();
    await this.#files.sweep(clock.wall());
    await this.#scan();
    scope.spawn('token expiry', (signal) => this.#watchEnds(signal));
    let polling = false;
    const poll = (): void => {
      if (polling || scope.state !== 'open') return;
      polling = true;
      scope.loop('token poll', pollMs, () => this.#scan());
    };
    let watcher: FSWatcher;
    try {
      watcher = watch(folder, { persistent: false });
    } catch (thrown) {
      log('warning', `Tokens are polled: ${MonitorError.from(thrown).message}`);
      poll();
      return;
    }
    scope.adopt('token watch', () => watcher.close());
    watcher.on('error', poll);
    watcher.on('change', () => {
      this.#follow(poll).catch((thrown: unknown) => {
        log('warning', `The tokens cannot be read: ${MonitorError.from(thrown).message}`);
      });
    });
  }

  /** Makes a token. The caller shows it once; only its hash is kept. */
  async create(wanted: {
    readonly name: string;
    readonly scope: TokenScope;
    readonly endsWallMs?: number | null | undefined;
  }): Promise<IssuedToken> {
    const wallMs = this.#options.clock.wall();
    const token = createToken();
    const file = v.parse(tokenRecordSchema, {
      id: randomBytes(6).toString('hex'),
      name: wanted.name,
      scope: wanted.scope,
      sha256: hashToken(token),
      createdAt: toTime(wallMs),
      ...(typeof wanted.endsWallMs === 'number' && { endsAt: toTime(wanted.endsWallMs) }),
    });
    await this.#files.create(file, wallMs);
    const record = { ...file, lastUsedMs: wallMs };
    this.#remember(file.id, { number: 0, record });
    return { token, record };
  }

  /** The record of a token that is valid now; null for every other. Counts as a use. */
  async verify(token: string): Promise<TokenRecord | null> {
    const hash = hashToken(token);
    const known = this.#find(hash);
    // Known: its file must still be there. Unknown: another process may have made it this moment.
    if (!known || !(await this.#files.has(known.id))) await this.#scan();
    const record = this.#find(hash);
    if (!record || this.#isOver(record)) return null;
    await this.touch(record.id);
    return this.get(record.id);
  }

  /** Notes a use, at most once an hour. */
  async touch(id: string): Promise<void> {
    const known = this.#known.get(id);
    const { clock, log } = this.#options;
    const wallMs = clock.wall();
    if (!known || Math.abs(wallMs - known.record.lastUsedMs) < touchEveryMs) return;
    try {
      await this.#files.touch(id, wallMs);
      this.#remember(id, { ...known, record: { ...known.record, lastUsedMs: wallMs } });
    } catch (thrown) {
      if (isMissing(thrown)) await this.#scan();
      else log('warning', `The use of token ${id} was not noted: ${MonitorError.from(thrown).message}`);
    }
  }

  /** A token as it was known at the last look at the folder; null where there is none that is valid. Reads nothing. */
  get(id: string): TokenRecord | null {
    const record = this.#known.get(id)?.record;
    return record && !this.#isOver(record) ? record : null;
  }

  /** Every token that was valid at the last look at the folder and still is, oldest first. Reads nothing. */
  known(): readonly TokenRecord[] {
    return [...this.#known.values()]
      .map(({ record }) => record)
      .filter((record) => !this.#isOver(record))
      .sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  }

  /** Every token that is valid now, oldest first. */
  async list(): Promise<readonly TokenRecord[]> {
    await this.#scan();
    return this.known();
  }

  /**
   * Changes a token and resolves with it as it is now; null where there is none that is valid. Time of a scope that may
   * act begins anew only where the scope is another one than before.
   */
  async change(id: string, wishes: TokenWishes): Promise<TokenRecord | null> {
    await this.#scan();
    if (!this.get(id)) return null;
    const scopeAt = toTime(this.#options.clock.wall());
    const isThere = await this.#files.change(id, (record) => {
      const scope = wishes.scope ?? record.scope;
      const endsAt =
        wishes.endsWallMs === undefined
          ? record.endsAt
          : wishes.endsWallMs === null
            ? undefined
            : toTime(wishes.endsWallMs);
      return {
        name: wishes.name ?? record.name,
        scope,
        scopeAt: scope === record.scope ? (record.scopeAt ?? record.createdAt) : scopeAt,
        ...(endsAt !== undefined && { endsAt }),
      };
    });
    await this.#scan();
    return isThere ? this.get(id) : null;
  }

  /** Ends a token. Whether there was one. */
  async revoke(id: string): Promise<boolean> {
    try {
      return await this.#files.remove(id);
    } finally {
      await this.#scan();
    }
  }

  /** Hears the id of each token that has ended, by whoever's doing. Returns the unsubscribe. */
  onEnded(listener: (id: string, end: TokenEnd) => void): () => void {
    this.#endListeners.add(listener);
    return () => this.#endListeners.delete(listener);
  }

  /** Hears the id of each token that has another scope than before, by whoever's doing. Returns the unsubscribe. */
  onRescoped(listener: (id: string) => void): () => void {
    this.#scopeListeners.add(listener);
    return () => this.#scopeListeners.delete(listener);
  }

  /** When the token ends if it is not used until then (wall time). */
  expiryMs(record: TokenRecord): number {
    return deriveExpiryMs(record, this.#options.limits);
  }

  async #follow(poll: () => void): Promise<void> {
    await this.#scan();
    // A folder that was deleted or replaced sends no more events.
    if (!(await this.#files.isThere())) poll();
  }

  /** Looks at the folder whenever a token's time is over, and now and then besides. */
  async #watchEnds(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#options;
    signal.addEventListener('abort', () => this.#endsChanged.abort(), { once: true });
    let failed = false;
    while (!signal.aborted) {
      this.#endsChanged = new AbortController();
      const isDue = await clock
        .sleep(failed ? guestCheckMs : this.#untilLook(), this.#endsChanged.signal)
        .then(
          () => true,
          () => false,
        );
      if (!isDue) continue;
      failed = await this.#scan().then(
        () => false,
        (thrown: unknown) => {
          log('warning', `The tokens cannot be read: ${MonitorError.from(thrown).message}`);
          return true;
        },
      );
    }
  }

  #untilLook(): number {
    const records = [...this.#known.values()].map(({ record }) => record);
    const leftMs = Math.min(...records.map((record) => this.expiryMs(record))) - this.#options.clock.wall();
    return Math.min(records.some(isGuest) ? guestCheckMs : expiryCheckMs, leftMs);
  }

  #remember(id: string, known: Known): void {
    this.#known.set(id, known);
    this.#endsChanged.abort();
  }

  #isOver(record: TokenRecord): boolean {
    return this.expiryMs(record) <= this.#options.clock.wall();
  }

  #find(hash: string): TokenRecord | null {
    let found: TokenRecord | null = null;
    for (const { record } of this.#known.values()) if (isSameHash(record.sha256, hash)) found = record;
    return found;
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
    const before = new Map(this.#known);
    const found = new Map<string, Known>();
    const expired = new Set<string>();
    for (const [id, number] of await this.#files.list()) {
      const read = await this.#read(id, number);
      if (!read) continue;
      // Kept for a while after its end: a clock that was wrong for a moment must not cost anybody their token.
      const overdueMs = this.#options.clock.wall() - this.expiryMs(read.record);
      if (overdueMs < 0) found.set(id, read);
      else expired.add(id);
      if (overdueMs >= keepExpiredMs) await this.#files.remove(id);
    }
    for (const id of before.keys()) {
      // A token made while the folder was being read is new, not revoked.
      if (!found.has(id)) this.#known.delete(id);
    }
    for (const [id, known] of found) this.#known.set(id, known);
    this.#endsChanged.abort();
    for (const [id, { record }] of before) {
      const now = this.#known.get(id)?.record;
      if (!now) {
        for (const listener of this.#endListeners) listener(id, expired.has(id) ? 'expired' : 'revoked');
      } else if (now.scope !== record.scope) {
        for (const listener of this.#scopeListeners) listener(id);
      }
    }
  }

  async #read(id: string, number: number): Promise<Known | null> {
    const known = this.#known.get(id);
    try {
      const lastUsedMs = await this.#files.lastUsedMs(id);
      if (lastUsedMs === null) return null;
      const record = known?.number === number ? known.record : await this.#files.read(id, number);
      return { number, record: { ...record, lastUsedMs } };
    } catch (thrown) {
      if (isMissing(thrown)) {
        // Revoked this moment, or changed once more: the next look tells.
        this.#scanAgain = true;
        return known ?? null;
      }
      // A system that cannot read just now says nothing of the token.
      if (known && (thrown as NodeJS.ErrnoException).code !== undefined) return known;
      if (!this.#warned.has(`${id} ${number}`)) {
        this.#warned.add(`${id} ${number}`);
        this.#options.log('warning', this.#files.describeBroken(id, number, thrown));
      }
      return null;
    }
  }
}

/** Whether a token was given for a while only. */
export function isGuest({ endsAt }: TokenRecord): boolean {
  return endsAt !== undefined;
}

function toTime(wallMs: number): string {
  return new Date(wallMs).toISOString();
}
