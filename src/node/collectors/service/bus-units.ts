import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import { serviceRawSchema, type ServiceRaw } from '../../../shared/series/raw/service.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';

/** How often systemd is asked, which costs it a millisecond or two. */
const askEveryMs = 10_000;
/** For how long what it said last holds. */
const tooOldMs = 60_000;
/** Past the bus's own deadlines in the probe process: to connect, to ask twice. */
const deadlineMs = 10_000;

/** A service as systemd has it, without what its control group says. */
export type Unit = Pick<ServiceRaw, 'name' | 'description' | 'state' | 'detail'>;

const states: ReadonlySet<string> = new Set(serviceRawSchema.entries.state.options);

/** Services by systemd's own account, asked over the bus in the probe process while nobody waits. */
export class BusUnits {
  readonly #clock: Clock;
  readonly #probe: ProbeClient;
  readonly #path: string;
  #units: readonly Unit[] | null = null;
  #systemState: string | null = null;
  #remedy: string | null = null;
  #readMs = -Infinity;
  #askedMs = -Infinity;
  #underWay: Promise<void> | null = null;

  /** `path` is the bus's socket. */
  constructor(clock: Clock, probe: ProbeClient, path: string) {
    this.#clock = clock;
    this.#probe = probe;
    this.#path = path;
  }

  /** Every service in the order of names; null where systemd has not told of them lately. */
  get units(): readonly Unit[] | null {
    return this.#isFresh() ? this.#units : null;
  }

  get systemState(): string | null {
    return this.#isFresh() ? this.#systemState : null;
  }

  /** Why systemd does not tell, and what to do; null where it does, or was not asked yet. */
  get remedy(): string | null {
    return this.units ? null : this.#remedy;
  }

  /** Asks if that is due. Gives a promise where it does, which never rejects. */
  refresh(signal: AbortSignal): Promise<void> | null {
    if (this.#underWay) return this.#underWay;
    if (this.#clock.monotonic() - this.#askedMs < askEveryMs) return null;
    this.#askedMs = this.#clock.monotonic();
    this.#underWay = this.#ask(signal).finally(() => (this.#underWay = null));
    return this.#underWay;
  }

  #isFresh(): boolean {
    return this.#clock.monotonic() - this.#readMs <= tooOldMs;
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const path = this.#path;
    try {
      const answer = await this.#probe.call('systemdUnits', { path }, { key: path, deadlineMs, signal });
      const units = answer.units.map((unit) => ({
        ...unit,
        state: states.has(unit.state) ? (unit.state as Unit['state']) : ('unknown' as const),
      }));
      this.#units = units.sort((a, b) => (a.name < b.name ? -1 : 1));
      this.#systemState = answer.systemState;
      this.#readMs = this.#clock.monotonic();
    } catch (thrown) {
      if (!(thrown instanceof MonitorError)) throw thrown;
      this.#remedy = deriveRemedy(thrown.code, path);
    }
  }
}

function deriveRemedy(code: MonitorError['code'], path: string): string {
  const words = 'Only services that run are listed, by their control groups: ';
  if (code === 'unsupported') {
    return `${words}no bus with systemd on it is at ${path}. Run \`sudo systemctl start dbus.socket\`; in a container, mount that socket into it.`;
  }
  if (code === 'needsPermission') {
    return `${words}systemd may not be asked over ${path} by this user. Run \`ls -l ${path}\` to see who may, and Pulsewire as one of them.`;
  }
  return `${words}systemd does not answer over ${path}. See \`systemctl status dbus\`.`;
}
