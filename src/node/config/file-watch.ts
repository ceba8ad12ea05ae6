import { watch, type FSWatcher } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import { Burst } from './burst.ts';

export interface FileWatchOptions {
  readonly clock: Clock;
  /** Ends the watch. */
  readonly scope: TaskScope;
  readonly path: string;
  /** is called once after each burst of changes, never twice at a time; does not reject. */
  readonly onChange: () => Promise<void>;
  /** Hears why the system does not tell of changes; the file is then looked at now and then. */
  readonly onPolled: (why: unknown) => void;
}

/** Where the system does not tell of changes. */
const pollMs = 2_000;

/**
 * Hears of changes of one file, whichever way it is written: in place, or as another one that takes its name, which is
 * why its folder is watched and not the file; and the folder of what it is a link to. Ends with its scope.
 */
export async function watchFile(options: FileWatchOptions): Promise<void> {
  const { path, scope, onPolled } = options;
  const burst = new Burst(options.clock, options.onChange);
  scope.adopt('settings burst', burst);
  let isPolled = false;
  const poll = (why: unknown): void => {
    if (isPolled || scope.state !== 'open') return;
    isPolled = true;
    onPolled(why);
    scope.loop('settings poll', pollMs, options.onChange);
  };
  const real = await realpath(path).catch(() => path);
  for (const each of new Set([path, real])) {
    try {
      scope.adopt(
        'settings watch',
        watchFolder(each, () => burst.note(), poll),
      );
    } catch (thrown) {
      poll(thrown);
    }
  }
}

function watchFolder(path: string, onEvent: () => void, onEnd: (why: unknown) => void): () => void {
  const name = basename(path);
  const watcher: FSWatcher = watch(dirname(path), { persistent: false });
  watcher.on('change', (_event, changed) => {
    // Some systems do not say which file it was.
    if (changed === null || String(changed) === name) onEvent();
    // The folder itself was moved or deleted, and sends no more events.
    else if (String(changed) === basename(dirname(path))) onEnd(new Error('its folder is gone'));
  });
  watcher.on('error', onEnd);
  return () => watcher.close();
}
