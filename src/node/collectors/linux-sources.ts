import type { Clock } from '../../shared/lifecycle/clock.ts';

/** Where a Linux collector reads. The roots are other folders in tests, which hold recorded machines. */
export interface LinuxSources {
  readonly clock: Clock;
  readonly procRoot: string;
  readonly sysRoot: string;
  /** Settings of the distribution; `/etc` where it is not given. */
  readonly etcRoot?: string;
  /** State of what runs; `/run` where it is not given. */
  readonly runRoot?: string;
  /** Data that came with the distribution; `/usr/share` where it is not given. */
  readonly shareRoot?: string;
  /** Where to find programs and sockets: `PATH`, `XDG_RUNTIME_DIR`, `DOCKER_HOST`; this process's where not given. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}
