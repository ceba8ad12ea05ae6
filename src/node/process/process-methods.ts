import type { ClientSession } from '../../core/client-session.ts';
import type { RequestHandler } from '../../core/session-host.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import {
  processIdentitySchema,
  processReniceSchema,
  processSignalSchema,
  type ProcessDetails,
  type ProcessIdentity,
} from '../../shared/series/raw/process.ts';
import { deriveActor, type AuditNote } from '../audit/audit-entry.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { ProbeClient } from '../probe/probe-client.ts';
import { parseParams } from '../server/parse-params.ts';
import { reniceProcess, signalProcess, type ProcessSystem } from './act-on-process.ts';
import type { FoundProcess } from './process-identity.ts';

export interface ProcessMethodsOptions {
  readonly audit: AuditLog;
  readonly system: ProcessSystem;
  /** Reads what there is to know of one process, somewhere where it may hang. */
  readonly inspect: (identity: ProcessIdentity) => Promise<ProcessDetails>;
}

/** How long a process's details may take: those of one with much memory take the kernel a while. */
const inspectDeadlineMs = 5_000;

/** Reads details in the probe process; who asks for the same process meanwhile gets the same answer. */
export function createInspect(probe: ProbeClient): ProcessMethodsOptions['inspect'] {
  const underWay = new Map<string, Promise<ProcessDetails>>();
  return (identity) => {
    const key = `${identity.pid} ${identity.startTicks}`;
    const known = underWay.get(key);
    if (known) return known;
    const params = { ...identity, procRoot: '/proc', etcRoot: '/etc' };
    const details = probe
      .call('inspectProcess', params, { key, deadlineMs: inspectDeadlineMs })
      .finally(() => underWay.delete(key));
    underWay.set(key, details);
    return details;
  };
}

type Params = Readonly<Record<string, unknown>>;

/** The methods on processes, by name. Each throws MonitorError; who may call them is said by `deriveCapabilities`. */
export function createProcessMethods(
  options: ProcessMethodsOptions,
): Readonly<Record<string, RequestHandler>> {
  return {
    'process.inspect': (params) => options.inspect(parseParams(processIdentitySchema, params)),
    'process.signal': (params, session) =>
      act(options.audit, 'process.signal', params, session, () => {
        const { action, ...identity } = parseParams(processSignalSchema, params);
        return signalProcess(options.system, identity, action);
      }),
    'process.renice': (params, session) =>
      act(options.audit, 'process.renice', params, session, () => {
        const { nice, ...identity } = parseParams(processReniceSchema, params);
        return reniceProcess(options.system, identity, nice);
      }),
  };
}

/** Does something to a process between two lines of the log. Without the first it is not done. */
async function act(
  audit: AuditLog,
  event: 'process.signal' | 'process.renice',
  params: Params,
  session: ClientSession,
  perform: () => FoundProcess,
): Promise<null> {
  const asked: AuditNote = { event, who: deriveActor(session), what: describe(params), outcome: 'asked' };
  try {
    await audit.write(asked);
  } catch (cause) {
    const { message } = MonitorError.from(cause);
    throw new MonitorError('io', `Nothing was done, because it could not be put on record: ${message}`, {
      cause,
    });
  }
  let outcome: AuditNote;
  let failure: MonitorError | null = null;
  try {
    const processName = perform().name;
    outcome = { ...asked, outcome: 'done', what: { ...asked.what, processName } };
  } catch (thrown) {
    failure = MonitorError.from(thrown);
    outcome = { ...asked, outcome: 'refused', code: failure.code, message: failure.message };
  }
  // What was done is done, and that it was asked for is on record: the answer is not held back.
  await audit.note(outcome);
  if (failure) throw failure;
  return null;
}

/** Which process was meant, and what was asked for: the action, or the priority. */
function describe({ pid, startTicks, action, nice }: Params): NonNullable<AuditNote['what']> {
  return {
    pid: typeof pid === 'number' ? pid : null,
    startTicks: typeof startTicks === 'number' ? startTicks : null,
    wanted: typeof action === 'string' ? action.slice(0, 32) : typeof nice === 'number' ? nice : null,
  };
}
