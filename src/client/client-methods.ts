import * as v from 'valibot';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import {
  accessMethodSchemas,
  pairingOpenedSchema,
  type AccessMethod,
  type AccessParams,
  type PairingOpened,
} from '../shared/protocol/index.ts';
import {
  diagnosticsReportSchema,
  type diagnosticsReportParamsSchema,
  type DiagnosticsReport,
} from '../shared/protocol/diagnostics-report.ts';
import {
  processDetailsSchema,
  type ProcessDetails,
  type ProcessIdentity,
  type processReniceSchema,
  type processSignalSchema,
} from '../shared/series/raw/process.ts';

/** What a host can be asked to do: parameters and answer of each method. Which of them it grants is in its welcome. */
export type ClientMethods = {
  readonly 'process.inspect': { readonly params: ProcessIdentity; readonly result: ProcessDetails };
  readonly 'process.signal': {
    readonly params: v.InferInput<typeof processSignalSchema>;
    readonly result: null;
  };
  readonly 'process.renice': {
    readonly params: v.InferInput<typeof processReniceSchema>;
    readonly result: null;
  };
  readonly 'diagnostics.report': {
    readonly params: v.InferInput<typeof diagnosticsReportParamsSchema>;
    readonly result: DiagnosticsReport;
  };
} & {
  readonly [Method in AccessMethod]: {
    readonly params: AccessParams<Method>;
    readonly result: Method extends 'pairing.open' ? PairingOpened : null;
  };
};

export type ClientMethod = keyof ClientMethods;
export type MethodParams<Method extends ClientMethod> = ClientMethods[Method]['params'];
export type MethodResult<Method extends ClientMethod> = ClientMethods[Method]['result'];

const nothing = v.null();

const resultSchemas: { readonly [Method in ClientMethod]: v.GenericSchema<unknown, MethodResult<Method>> } = {
  'process.inspect': processDetailsSchema,
  'process.signal': nothing,
  'process.renice': nothing,
  'diagnostics.report': diagnosticsReportSchema,
  ...(Object.fromEntries(Object.keys(accessMethodSchemas).map((method) => [method, nothing])) as {
    readonly [Method in Exclude<AccessMethod, 'pairing.open'>]: typeof nothing;
  }),
  'pairing.open': pairingOpenedSchema,
};

/** A method's answer as it came. Throws MonitorError `invalidMessage` where it is none. */
export function parseMethodResult<Method extends ClientMethod>(
  method: Method,
  value: unknown,
): MethodResult<Method> {
  const result = v.safeParse(resultSchemas[method], value);
  if (result.success) return result.output;
  throw new MonitorError(
    'invalidMessage',
    `The host's answer to ${method} is malformed: ${result.issues[0].message}`,
  );
}
