import { join } from 'node:path';
import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { Refreshed } from '../refreshed.ts';
import { readSmallFile } from '../small-file.ts';

const refreshMs = 60_000;
const largestBytes = 4 * 1024 * 1024;

/** Names of users by their numbers, from /etc/passwd, read anew every minute. */
export class UserNames {
  readonly #known: Refreshed<ReadonlyMap<number, string>>;

  constructor(clock: Clock, etcRoot: string) {
    this.#known = new Refreshed(clock, refreshMs, () =>
      parsePasswd(readSmallFile(join(etcRoot, 'passwd'), largestBytes) ?? ''),
    );
  }

  /** The user's name; the number as text where this machine's file has none, as for users of a directory service. */
  get(uid: number): string {
    return this.#known.get().get(uid) ?? String(uid);
  }
}

/** Parses passwd(5) into names by user id; the first of several names of one id counts, as for `ps`. */
export function parsePasswd(text: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [name, , uid] = line.split(':');
    if (!name || !uid || !/^\d+$/.test(uid) || names.has(Number(uid))) continue;
    names.set(Number(uid), name.slice(0, 64));
  }
  return names;
}
