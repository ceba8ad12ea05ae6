import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { ContainerRaw } from '../../../shared/series/raw/container.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';
import type { NamedContainer } from '../../probe/probe-messages.ts';
import { silentEngines, type EngineSocket } from './engine-sockets.ts';

/** How often the engines are asked: where there is a container that none of them has named, and else. */
const askAgainMs = 10_000;
const askEveryMs = 60_000;
/** Past the engine's own deadline in the probe process. */
const deadlineMs = 4_000;

type Unnamed = Pick<ContainerRaw, 'id' | 'engine'>;
type Outcome = 'ok' | 'forbidden' | 'absent' | 'failed';

/** Names of containers by the engines' own account, asked in the probe process while nobody waits. */
export class ContainerNames {
  readonly #clock: Clock;
  readonly #probe: ProbeClient;
  readonly #sockets: readonly EngineSocket[];
  readonly #named = new Map<EngineSocket, ReadonlyMap<string, NamedContainer>>();
  readonly #outcomes = new Map<EngineSocket, Outcome>();
  #asked: ReadonlySet<string> = new Set();
  #askedMs = -Infinity;
  #underWay: Promise<void> | null = null;

  constructor(clock: Clock, probe: ProbeClient, sockets: readonly EngineSocket[]) {
    this.#clock = clock;
    this.#probe = probe;
    this.#sockets = sockets;
  }

  /** What is known of a container; null until an engine has named it. */
  get(id: string): NamedContainer | null {
    for (const named of this.#named.values()) {
      const found = named.get(id);
      if (found) return found;
    }
    return null;
  }

  /** Asks the engines if that is due for these containers. Gives a promise where it does, which never rejects. */
  refresh(containers: readonly Unnamed[], signal: AbortSignal): Promise<void> | null {
    if (this.#underWay) return this.#underWay;
    const engines = new Set(containers.map(({ engine }) => engine));
    const sockets = this.#sockets.filter(({ engine }) => engines.has(engine) || engines.has('unknown'));
    if (sockets.length === 0) return null;
    const sinceMs = this.#clock.monotonic() - this.#askedMs;
    const unnamed = containers.filter(({ id }) => !this.get(id));
    const isNew = unnamed.some(({ id }) => !this.#asked.has(id));
    if (!isNew && sinceMs < (unnamed.length > 0 ? askAgainMs : askEveryMs)) return null;
    this.#asked = new Set(containers.map(({ id }) => id));
    this.#askedMs = this.#clock.monotonic();
    this.#underWay = Promise.all(sockets.map((socket) => this.#ask(socket, signal)))
      .then(() => undefined)
      .finally(() => (this.#underWay = null));
    return this.#underWay;
  }

  /** Why some of these have no names and what to do; null where all have, or nobody was asked yet. */
  remedy(containers: readonly (Unnamed & Pick<ContainerRaw, 'name'>)[]): string | null {
    const engines = new Set(containers.filter(({ name }) => name === null).map(({ engine }) => engine));
    const words = new Set<string>();
    for (const engine of engines) {
      const silent = silentEngines[engine];
      if (silent) words.add(silent);
      const sockets = this.#sockets.filter((socket) => socket.engine === engine);
      const asked = sockets.filter((socket) => this.#outcomes.has(socket));
      if (asked.length === 0) continue;
      const find = (outcome: Outcome): EngineSocket | undefined =>
        asked.find((socket) => this.#outcomes.get(socket) === outcome);
      const [failed, forbidden] = [find('failed'), find('forbidden')];
      if (forbidden) words.add(forbidden.whenForbidden);
      else if (failed)
        words.add(`${failed.path} gives no usable answer; see \`systemctl status ${engine}\`.`);
      else if (!find('ok')) words.add(asked[0]!.whenAbsent);
    }
    return words.size === 0 ? null : [...words].join(' ');
  }

  async #ask(socket: EngineSocket, signal: AbortSignal): Promise<void> {
    const { path } = socket;
    try {
      const found = await this.#probe.call('containers', { path }, { key: path, deadlineMs, signal });
      this.#named.set(socket, new Map(found.map((container) => [container.id, container])));
      this.#outcomes.set(socket, 'ok');
    } catch (thrown) {
      if (!(thrown instanceof MonitorError)) throw thrown;
      // What it said before still holds: containers keep their names.
      this.#outcomes.set(socket, deriveOutcome(thrown.code));
    }
  }
}

function deriveOutcome(code: MonitorError['code']): Outcome {
  if (code === 'needsPermission') return 'forbidden';
  return code === 'unsupported' ? 'absent' : 'failed';
}
