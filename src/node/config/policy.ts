import { dirname, join } from 'node:path';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { Log } from '../server/log.ts';
import { describeProblem, readSettingsText } from './config.ts';
import type { GivenLayer } from './given-settings.ts';
import { listSettings } from './merge-settings.ts';
import { parseSettings } from './parse-settings.ts';

export interface PolicyOptions {
  /** Whether anything wrong with it is refused, as a host without a window does. */
  readonly isStrict: boolean;
  readonly log: Log;
}

/**
 * What the administrator of the machine has decided for everybody who runs a host on it: a file of the form of `config.json`, read at the
 * start. Null where there is none. What makes no sense in it is named and left out, or, where it is to be strict, throws MonitorError
 * `invalidArgument`. It keeps people from choosing, not from running another program.
 */
export async function readPolicy(
  path: string | null,
  { isStrict, log }: PolicyOptions,
): Promise<GivenLayer | null> {
  if (path === null) return null;
  try {
    const { written, problems } = parseSettings(await readSettingsText(path, false));
    for (const problem of problems) {
      const line = describeProblem(path, problem);
      if (isStrict) throw new MonitorError('invalidArgument', line);
      log('error', `${line} It is left out of the policy.`);
    }
    const decided = listSettings(written).filter(([key]) => key !== '$schema');
    if (decided.length === 0) return null;
    return { values: written, origins: new Map(decided.map(([key]) => [key, path])) };
  } catch (thrown) {
    if (isStrict) throw thrown;
    log('error', MonitorError.from(thrown).message);
    return null;
  }
}

/**
 * Where the policy lies: beside the machine's settings, or on Windows where programs are, since there everybody may make folders in the
 * place for settings of all.
 */
export function locatePolicy(
  machineSettings: string | null,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | null {
  if (machineSettings !== null) return join(dirname(machineSettings), 'policy.json');
  const programs = environment['ProgramFiles'];
  return programs === undefined ? null : join(programs, 'Pulsewire', 'policy.json');
}
