import { locateDataFolder } from '../node/config/data-folder.ts';
import { parseEnvironment } from '../node/config/given-settings.ts';
import { openSettings } from '../node/config/open-settings.ts';
import { createLog, isJournalStream } from '../node/log/create-log.ts';
import type { LogFormat } from '../node/log/log-writer.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import type { RunContext } from './run.ts';
import { serve } from './serve.ts';
import type { ServeOptions } from './serve-command-line.ts';
import { parseNotifyWishes, ServiceManager } from './service-manager.ts';

/**
 * Serves until it is told to end, with a log as the settings want it, and resolves with the exit status. What goes wrong is
 * logged.
 */
export async function runServe(
  flags: ServeOptions,
  context: RunContext & { readonly version: string },
): Promise<number> {
  const { version, pid, say } = context;
  const { values: environment, problems } = parseEnvironment(context.environment);
  const base = {
    version,
    put: say,
    isJournal: isJournalStream(context.environment),
    wallMs: () => systemClock.wall(),
  };
  // Until the settings are read, only what was given tells what they are to be logged as.
  const given = (flags.logFormat ?? environment.logFormat) as LogFormat | undefined;
  let owned = await createLog({ ...base, format: given });
  try {
    if (problems[0] !== undefined) throw new MonitorError('invalidArgument', problems[0]);
    const settings = await openSettings({
      folder: locateDataFolder(flags.dataDir ?? environment.dataDir),
      clock: systemClock,
      log: (level, message) => owned.log(level, message),
      isStrict: true,
      environment,
      flags,
    });
    const { level, format, file } = settings.current().log ?? {};
    owned = await createLog({
      ...base,
      level,
      format,
      file: file === undefined ? undefined : { path: file },
    });
    const { log } = owned;
    const wishes = parseNotifyWishes(context.environment, pid);
    const manager = wishes && new ServiceManager({ wishes, pid, log });
    await serve(flags, { ...context, environment, settings, log, manager });
    return 0;
  } catch (thrown) {
    const error = MonitorError.from(thrown);
    owned.log('error', error.message.replaceAll('\n', ' '));
    return deriveExitStatus(error);
  } finally {
    await owned.close();
  }
}

/** What a failure exits with: 2 where the command line, the settings or the data folder is to blame. */
export function deriveExitStatus(error: MonitorError): number {
  return ['invalidArgument', 'io', 'notFound'].includes(error.code) ? 2 : 1;
}
