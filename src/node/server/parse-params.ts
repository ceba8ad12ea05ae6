import * as v from 'valibot';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';

/** A request's parameters as a method takes them. Throws MonitorError `invalidArgument` that names what is wrong. */
export function parseParams<Schema extends v.GenericSchema>(
  schema: Schema,
  params: Readonly<Record<string, unknown>>,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, params, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw new MonitorError('invalidArgument', `${path ? `"${path}": ` : ''}${issue.message}`);
}
