import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import {
  chmod,
  copyFile,
  link,
  open,
  readdir,
  readFile,
  rename,
  stat,
  unlink,
  utimes,
  type FileHandle,
} from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { keepOwner } from '../config/keep-owner.ts';
import { makeFolder } from '../config/make-folder.ts';
import {
  tokenChangeSchema,
  tokenRecordSchema,
  type TokenChange,
  type TokenFile,
  type TokenRecord,
} from './token-record.ts';

/** Drafts older than this are of a process that was killed. */
const keepDraftMs = 60_000;
/** How often a change is tried anew because another process was faster. */
const changeTries = 100;
const tokenName = /^([0-9a-f]{12})\.json$/;
const changeName = /^([0-9a-f]{12})\.([1-9]\d{0,8})\.json$/;
const draftName = /^\.[0-9a-f.]+\.new$/;

/**
 * The folder of tokens, which the host and its command line change at the same time, each of which may be killed at any
 * moment. `ID.json` is written once and is the token: it is there or it is not, and nothing but `create`, which takes
 * a new id, ever writes it. So a deletion is final, whatever else is under way. A change is another file, `ID.N.json`,
 * that holds all that can change; the highest N counts, and of two processes only one can make the same N: the other
 * looks again and makes the next. Every file is whole before it has its name.
 */
export class TokenFiles {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes the folder, for its owner alone. */
  async prepare(): Promise<void> {
    await makeFolder(this.folder);
    await chmod(this.folder, 0o700);
  }

  /** The tokens that there are, each with the number of its last change, 0 where there is none. */
  async list(): Promise<ReadonlyMap<string, number>> {
    const names = await readFolder(this.folder);
    const numbers = new Map<string, number>();
    for (const name of names) {
      const id = tokenName.exec(name)?.[1];
      if (id !== undefined) numbers.set(id, 0);
    }
    for (const name of names) {
      const [, id, number] = changeName.exec(name) ?? [];
      if (id === undefined) continue;
      const known = numbers.get(id);
      // Its token was revoked by who was then killed or raced: nothing can make it count again.
      if (known === undefined) await unlink(join(this.folder, name)).catch(ignoreMissing);
      else numbers.set(id, Math.max(known, Number(number)));
    }
    return numbers;
  }

  /** Removes what processes left behind that were killed while they wrote. */
  async sweep(nowMs: number): Promise<void> {
    for (const name of await readFolder(this.folder)) {
      if (!draftName.test(name)) continue;
      const path = join(this.folder, name);
      const { ctimeMs } = await stat(path).catch(() => ({ ctimeMs: nowMs }));
      if (nowMs - ctimeMs > keepDraftMs) await unlink(path).catch(ignoreMissing);
    }
  }

  /** When a token was last used; null where there is none. */
  async lastUsedMs(id: string): Promise<number | null> {
    try {
      return (await stat(this.#path(id))).mtimeMs;
    } catch (thrown) {
      if (isMissing(thrown)) return null;
      throw thrown;
    }
  }

  /** Notes a use. Throws ENOENT where the token is gone: it cannot bring it back. */
  async touch(id: string, wallMs: number): Promise<void> {
    await utimes(this.#path(id), wallMs / 1_000, wallMs / 1_000);
  }

  /** A token as its file and its change of that number say. Throws where either cannot be read or understood. */
  async read(id: string, number: number): Promise<Omit<TokenRecord, 'lastUsedMs'>> {
    const file = v.parse(tokenRecordSchema, JSON.parse(await readFile(this.#path(id), 'utf8')));
    if (file.id !== id) throw new MonitorError('invalidArgument', `it belongs to "${file.id}"`);
    if (number === 0) return file;
    const path = this.#path(id, number);
    const change = v.parse(tokenChangeSchema, JSON.parse(await readFile(path, 'utf8')));
    if (change.id !== id) throw new MonitorError('invalidArgument', `its change belongs to "${change.id}"`);
    const { endsAt: _, ...unchanged } = file;
    return { ...unchanged, ...change };
  }

  async create(file: TokenFile, wallMs: number): Promise<void> {
    await this.prepare();
    const draft = await this.#draft(file.id, file, wallMs);
    await rename(draft, this.#path(file.id));
    await this.#syncFolder();
  }

  /**
   * Puts what `derive` makes of a token in its place, from what is there at that moment. False where there is no such
   * token, or none any more. Throws MonitorError `unavailable` where others change it all the time.
   */
  async change(
    id: string,
    derive: (record: Omit<TokenRecord, 'lastUsedMs'>) => Omit<TokenChange, 'id'>,
  ): Promise<boolean> {
    for (let tries = 0; tries < changeTries; tries++) {
      const number = (await this.list()).get(id);
      if (number === undefined) return false;
      const read = await this.read(id, number).catch((thrown: unknown) => {
        // Between the look and the reading it was revoked, or changed once more.
        if (isMissing(thrown)) return null;
        throw thrown;
      });
      if (!read || !(await this.#put(id, number + 1, { id, ...derive(read) }))) continue;
      const after = (await this.list()).get(id);
      if (after === undefined) return false;
      // A number can be free because others are further already: what was put there counts for nothing then.
      if (after !== number + 1) continue;
      await this.#forget(id, number);
      await this.#syncFolder();
      return true;
    }
    throw new MonitorError('unavailable', `Token ${id} is being changed by others; try again.`);
  }

  /** Ends a token for good. Whether there was one. */
  async remove(id: string): Promise<boolean> {
    if (!tokenName.test(`${id}.json`)) return false;
    try {
      await unlink(this.#path(id));
    } catch (thrown) {
      if (isMissing(thrown)) return false;
      throw thrown;
    }
    await this.#syncFolder();
    // Its changes mean nothing any more, and go with the next look.
    await this.list();
    return true;
  }

  /** What is said of a token whose files cannot be understood. */
  describeBroken(id: string, number: number, thrown: unknown): string {
    const { message } = MonitorError.from(thrown);
    return `The token file ${this.#path(id, number)} cannot be read and is left alone: ${message}. Delete ${this.#path(id)} to revoke what it was.`;
  }

  /** Whether the folder is there. */
  isThere(): Promise<boolean> {
    return exists(this.folder);
  }

  /** Whether the token's own file is there. */
  has(id: string): Promise<boolean> {
    return exists(this.#path(id));
  }

  #path(id: string, number = 0): string {
    return join(this.folder, number === 0 ? `${id}.json` : `${id}.${number}.json`);
  }

  /** Gives a change its number. False where that is taken. */
  async #put(id: string, number: number, change: TokenChange): Promise<boolean> {
    const draft = await this.#draft(id, v.parse(tokenChangeSchema, change));
    try {
      await linkNew(draft, this.#path(id, number));
      return true;
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw thrown;
    } finally {
      await unlink(draft).catch(ignoreMissing);
    }
  }

  /** Removes a token's changes up to `number`, which a later one has replaced. */
  async #forget(id: string, number: number): Promise<void> {
    for (const name of await readFolder(this.folder)) {
      const [, of, at] = changeName.exec(name) ?? [];
      if (of === id && Number(at) <= number) await unlink(join(this.folder, name)).catch(ignoreMissing);
    }
  }

  async #draft(id: string, content: unknown, wallMs?: number): Promise<string> {
    const path = join(this.folder, `.${id}.${randomBytes(6).toString('hex')}.new`);
    await using file = await open(path, 'wx', 0o600);
    await file.writeFile(`${JSON.stringify(content, null, 2)}\n`);
    await keepOwner(file, this.folder);
    if (wallMs !== undefined) await file.utimes(wallMs / 1_000, wallMs / 1_000);
    await file.sync();
    return path;
  }

  /** Makes names last through a loss of power. Where folders cannot be opened, as on Windows, the system sees to it. */
  async #syncFolder(): Promise<void> {
    let folder: FileHandle;
    try {
      folder = await open(this.folder, constants.O_RDONLY);
    } catch {
      return;
    }
    await folder.sync().catch(() => undefined);
    await folder.close();
  }
}

/** Gives a file a name that nothing has yet. Some file systems have no links; a copy can be exclusive too. */
async function linkNew(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw thrown;
    await copyFile(from, to, constants.COPYFILE_EXCL);
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

/** Whether what was thrown says that there is no such file. */
export function isMissing(thrown: unknown): boolean {
  return (thrown as NodeJS.ErrnoException | null)?.code === 'ENOENT';
}
