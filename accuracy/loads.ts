import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What the machine does while it is measured: nothing of ours, or one kind of work by stress-ng(1). */
export const loads = {
  quiet: null,
  cpu: ['--cpu', '1', '--cpu-load', '70'],
  vm: ['--vm', '1', '--vm-bytes', '512M', '--vm-keep'],
  hdd: ['--hdd', '1', '--hdd-bytes', '128M'],
  sock: ['--sock', '1'],
} as const;
export type LoadName = keyof typeof loads;
/** @public the command reads it. */
export const loadNames = Object.keys(loads) as readonly LoadName[];

/** Work under way. Ends by itself after `limitSeconds`, whatever becomes of who started it. */
export interface Load {
  /** Resolves when nothing of it is left. */
  end(): Promise<void>;
}

/** Starts a load in `folder`, which it fills and empties. The caller's to end. */
export function startLoad(name: LoadName, folder: string, limitSeconds: number): Load {
  const work = loads[name];
  if (work === null) return { end: async () => undefined };
  const child = spawn(
    'stress-ng',
    [...work, '--timeout', `${limitSeconds}s`, '--temp-path', folder, '--quiet'],
    { stdio: 'ignore' },
  );
  const ended = once(child, 'close');
  return {
    end: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}
