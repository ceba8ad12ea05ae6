import { basename } from 'node:path';
import { app } from 'electron';
import { headlessEntry, type HandOver } from './find-hand-over.ts';

/**
 * Becomes the other program, in this process: signals, standard streams and exit status are its own. Electron waits for
 * the module that awaits this before it looks for a display or starts what draws, so that none of that happens. Never
 * resolves: the process ends with the program.
 */
export async function handOver({ entry, args }: HandOver): Promise<never> {
  process.argv = [process.execPath, entry, ...args];
  // Beside this module, wherever that is: the build names none of them in the other.
  await import(/* @vite-ignore */ `./${basename(entry)}`);
  // The commands have ended by now, which a plain Node would see by itself. The probe process has only begun to listen.
  if (entry === headlessEntry) app.exit(Number(process.exitCode ?? 0));
  return new Promise<never>(() => undefined);
}
