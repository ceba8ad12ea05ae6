import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import type { Log } from '../node/server/log.ts';
import { runAuditCommand } from './audit-command.ts';
import { parseCommandLine } from './command-line.ts';
import { runDiagnoseCommand } from './diagnose-command.ts';
import { runPairCommand } from './pair-command.ts';
import { runRecordCommand } from './record-command.ts';
import { deriveExitStatus, serve } from './serve.ts';
import { runTokenCommand } from './token-commands.ts';
import { readVersion } from './version.ts';

/** What the program is started with. */
export interface RunContext {
  readonly args: readonly string[];
  /** Where the built program lies. */
  readonly programDir: string;
  /** Aborts when the program is to end. */
  readonly signal: AbortSignal;
  readonly print: (text: string) => void;
  readonly log: Log;
}

/** Runs what the arguments ask for, and resolves with the exit status. Never rejects. */
export async function run(context: RunContext): Promise<number> {
  const { args, programDir, signal, print, log } = context;
  try {
    const version = readVersion(programDir);
    const invocation = parseCommandLine(args, version);
    switch (invocation.command) {
      case 'print':
        print(invocation.text);
        return 0;
      case 'refuse':
        log('info', invocation.message);
        return 2;
      case 'serve':
        await serve(invocation.options, { version, programDir, log, print, signal });
        return 0;
      case 'pair':
        print(await runPairCommand(invocation.options.dataDir, log));
        return 0;
      case 'diagnose':
        print(await runDiagnoseCommand(invocation.options, version, log));
        return 0;
      case 'record':
        print(await runRecordCommand(invocation.options, { version, programDir, signal }));
        return 0;
      case 'audit':
        print(await runAuditCommand(invocation.options));
        return 0;
      default:
        print(await runTokenCommand(invocation, log));
        return 0;
    }
  } catch (thrown) {
    const error = MonitorError.from(thrown);
    log('info', error.message.replaceAll('\n', ' '));
    return deriveExitStatus(error);
  }
}
