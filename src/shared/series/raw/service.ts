import * as v from 'valibot';
import { name } from './common.ts';
import { groupUsageEntries } from './container.ts';

/** One unit of the service manager. Source: systemd's bus (org.freedesktop.systemd1), its control group for usage. */
export const serviceRawSchema = v.object({
  name,
  description: v.nullable(name),
  state: v.picklist(['active', 'inactive', 'failed', 'activating', 'deactivating', 'reloading', 'unknown']),
  /** The manager's finer word: `running`, `exited`, `dead`, `auto-restart` … */
  detail: v.nullable(name),
  ...groupUsageEntries,
});
export type ServiceRaw = v.InferOutput<typeof serviceRawSchema>;

export const servicesRawSchema = v.object({
  /** The manager's word for the whole: `running`, `degraded`, `starting` …; null where it is not told. */
  systemState: v.nullable(name),
  services: v.array(serviceRawSchema),
  /** Why only running services are listed, and what to do; null where all are. */
  remedy: v.nullable(v.string()),
});
export type ServicesRaw = v.InferOutput<typeof servicesRawSchema>;
