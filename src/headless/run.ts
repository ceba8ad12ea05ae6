import type { Log } from '../node/server/log.ts';
import { parseEnvironment, type GivenValues } from '../node/config/given-settings.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { runAuditCommand } from './audit-command.ts';
import { parseCommandLine, type Invocation } from './command-line.ts';
import { runConfigCommand } from './config-command.ts';
import { runDiagnoseCommand } from './diagnose-command.ts';
import { runPairCommand } from './pair-command.ts';
import { runRecordCommand } from './record-command.ts';
import { deriveExitStatus, runServe } from './run-serve.ts';
import { runTokenCommand } from './token-commands.ts';
import { readVersion } from './version.ts';

/** What the program is started with. */
export interface RunContext {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  /** Where the built program lies. */
  readonly programDir: string;
  /** Aborts when the program is to end. */
  readonly signal: AbortSignal;
  /** Hears of each wish that the settings be read anew. Returns the unsubscribe. */
  readonly onReload: (listener: () => void) => () => void;
  readonly print: (text: string) => void;
  /** Writes on standard error. */
  readonly say: (text: string) => void;
}

/** Runs what the arguments ask for, and resolves with the exit status. Never rejects. */
export async function run(context: RunContext): Promise<number> {
  const log: Log = (level, message) =>
    context.say(`pulsewire: ${level === 'info' ? '' : `${level}: `}${message.replaceAll('\n', ' ')}\n`);
  try {
    const version = readVersion(context.programDir);
    const invocation = parseCommandLine(context.args, version);
    switch (invocation.command) {
      case 'refuse':
        log('info', invocation.message);
        return 2;
      case 'serve':
        return await runServe(invocation.options, { ...context, version });
      default:
        context.print(await answer(invocation, { ...context, version, log }));
        return 0;
    }
  } catch (thrown) {
    const error = MonitorError.from(thrown);
    log('info', error.message);
    return deriveExitStatus(error);
  }
}

interface AnswerContext extends RunContext {
  readonly version: string;
  readonly log: Log;
}

/** What a command that does its work and ends has to print. */
async function answer(
  invocation: Exclude<Invocation, { command: 'serve' | 'refuse' }>,
  context: AnswerContext,
): Promise<string> {
  if (invocation.command === 'print') return invocation.text;
  const { values: environment, problems } = parseEnvironment(context.environment);
  const { log } = context;
  switch (invocation.command) {
    case 'config':
      if (problems[0] !== undefined) throw new MonitorError('invalidArgument', problems[0]);
      return runConfigCommand(invocation.options, environment, log);
    case 'pair':
      return runPairCommand(withFolder(invocation.options, environment).dataDir, log);
    case 'diagnose':
      return runDiagnoseCommand(
        withFolder(invocation.options, environment),
        environment,
        context.version,
        log,
      );
    case 'record':
      return runRecordCommand(invocation.options, context);
    case 'audit':
      return runAuditCommand(withFolder(invocation.options, environment));
    default:
      return runTokenCommand(
        { ...invocation, options: withFolder(invocation.options, environment) },
        environment,
        log,
      );
  }
}

/** The folder that the environment names, unless the command line does. */
function withFolder<Options extends { readonly dataDir?: string }>(
  options: Options,
  { dataDir }: GivenValues,
): Options {
  return dataDir === undefined ? options : { dataDir, ...options };
}
