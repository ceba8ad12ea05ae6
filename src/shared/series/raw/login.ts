import * as v from 'valibot';
import { count, name } from './common.ts';

/** Who is logged in. Source: /run/systemd/sessions, or /run/utmp (utmp(5)) where there is no such folder. */
export const loginRawSchema = v.object({
  sessions: v.array(
    v.object({
      id: name,
      user: name,
      /** `pts/3`, `tty1`, `seat0` …; null without one. */
      terminal: v.nullable(name),
      /** From where; null for the machine's own seat. */
      remoteHost: v.nullable(name),
      kind: v.picklist(['graphical', 'terminal', 'other']),
      startedWallMs: v.nullable(count),
      leaderPid: v.nullable(count),
    }),
  ),
});
export type LoginRaw = v.InferOutput<typeof loginRawSchema>;
