import * as v from 'valibot';
import type { ClientSession, RequestHandler } from '../../core/client-session.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import {
  processIdentitySchema,
  processReniceSchema,
  processSignalSchema,
  type ProcessDetails,
  type ProcessIdentity,
} from '../../shared/series/raw/process.ts';
import type { ProbeClient } from '../probe/probe-client.ts';
import type { Log } from '../server/log.ts';
import { reniceProcess, signalProcess, type ProcessSystem } from './act-on-process.ts';
import type { AuditEntry, AuditLog } from './audit-log.ts';
import type { FoundProcess } from './process-identity.ts';

export interface ProcessMethodsOptions {
  readonly clock: Clock;
  readonly audit: AuditLog;
  readonly log: Log;
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
    'process.inspect': (params) => options.inspect(parse(processIdentitySchema, params)),
    'process.signal': (params, session) =>
      act(options, 'process.signal', params, session, () => {
        const { action, ...identity } = parse(processSignalSchema, params);
        return signalProcess(options.system, identity, action);
      }),
    'process.renice': (params, session) =>
      act(options, 'process.renice', params, session, () => {
        const { nice, ...identity } = parse(processReniceSchema, params);
        return reniceProcess(options.system, identity, nice);
      }),
  };
}

/** Does something to a process between two lines of the log. Without the first it is not done. */
async function act(
  { clock, audit, log }: ProcessMethodsOptions,
  method: string,
  params: Params,
  session: ClientSession,
  perform: () => FoundProcess,
): Promise<null> {
  const asked = describe(method, params, session);
  const write = (entry: AuditEntry): Promise<void> => audit.write(new Date(clock.wall()), entry);
  try {
    await write(asked);
  } catch (cause) {
    const { message } = MonitorError.from(cause);
    throw new MonitorError('io', `Nothing was done, because it could not be put on record: ${message}`, {
      cause,
    });
  }
  let outcome: AuditEntry;
  let failure: MonitorError | null = null;
  try {
    outcome = { ...asked, outcome: 'done', processName: perform().name };
  } catch (thrown) {
    failure = MonitorError.from(thrown);
    outcome = { ...asked, outcome: 'refused', code: failure.code, message: failure.message };
  }
  // What was done is done, and that it was asked for is on record: the answer is not held back.
  await write(outcome).catch((thrown: unknown) => log('error', MonitorError.from(thrown).message));
  if (failure) throw failure;
  return null;
}

function describe(method: string, params: Params, session: ClientSession): AuditEntry {
  const { pid, startTicks, action, nice } = params;
  return {
    client: session.id,
    clientName: session.name,
    kind: session.kind,
    scope: session.grant?.scope ?? 'none',
    address: session.address,
    method,
    pid: typeof pid === 'number' ? pid : null,
    startTicks: typeof startTicks === 'number' ? startTicks : null,
    processName: null,
    wanted: typeof action === 'string' ? action.slice(0, 32) : typeof nice === 'number' ? nice : null,
    outcome: 'asked',
    code: null,
    message: null,
  };
}

function parse<Schema extends v.GenericSchema>(schema: Schema, params: Params): v.InferOutput<Schema> {
  const result = v.safeParse(schema, params, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw new MonitorError('invalidArgument', `${path ? `"${path}": ` : ''}${issue.message}`);
}
