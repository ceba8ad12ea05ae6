import { readdirSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { Slice } from '../slice.ts';

/** What to do with a group: keep it, look at the groups in it, or neither. */
export type GroupVerdict<Facts> = { readonly keep: Facts } | 'enter' | 'skip';

export interface FoundGroup<Facts> {
  /** Below the tree's root, without a slash at its start. */
  readonly path: string;
  readonly facts: Facts;
}

/** Deeper and more than any machine has that nobody made to be hostile. */
const deepest = 12;
const mostFolders = 20_000;

/**
 * Walks a tree of control groups, letting go of the event loop every 2 ms. What vanishes meanwhile is passed over.
 */
export async function walkGroups<Facts>(
  clock: Clock,
  root: string,
  judge: (name: string, path: string) => GroupVerdict<Facts>,
): Promise<FoundGroup<Facts>[]> {
  const slice = new Slice(clock);
  const found: FoundGroup<Facts>[] = [];
  const open: { readonly path: string; readonly depth: number }[] = [{ path: '', depth: 0 }];
  for (let seen = 0; open.length > 0 && seen < mostFolders; seen++) {
    const { path, depth } = open.pop()!;
    for (const name of readFolders(join(root, path))) {
      const below = path === '' ? name : `${path}/${name}`;
      const verdict = judge(name, below);
      if (verdict === 'skip') continue;
      if (verdict !== 'enter') found.push({ path: below, facts: verdict.keep });
      else if (depth < deepest && hasFolders(join(root, below))) open.push({ path: below, depth: depth + 1 });
    }
    if (slice.isOver) await slice.next();
  }
  return found;
}

function readFolders(path: string): string[] {
  try {
    const entries: Dirent[] = readdirSync(path, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    // The group was removed while the walk was on its way to it.
    return [];
  }
}

/** Each folder in a folder is one more link to it, so that one without any need not be read, which costs ten times as much. */
function hasFolders(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.nlink !== 2;
}
