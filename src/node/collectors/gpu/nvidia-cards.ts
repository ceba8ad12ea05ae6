import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { GpuDeviceRaw } from '../../../shared/series/raw/gpu.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';

/** Past the tool's own patience in the probe process. */
const deadlineMs = 5_000;
/** For how long what the tool said last holds. */
const tooOldMs = 10_000;

/** What NVIDIA's own tool says of its cards, asked in the probe process; nobody waits for it for long. */
export class NvidiaCards {
  readonly #clock: Clock;
  readonly #probe: ProbeClient;
  #cards: ReadonlyMap<string, GpuDeviceRaw> = new Map();
  #readMs = -Infinity;
  #underWay: Promise<void> | null = null;

  constructor(clock: Clock, probe: ProbeClient) {
    this.#clock = clock;
    this.#probe = probe;
  }

  /** Asks the tool at this path. The promise never rejects. */
  refresh(path: string, signal: AbortSignal): Promise<void> {
    this.#underWay ??= this.#ask(path, signal).finally(() => (this.#underWay = null));
    return this.#underWay;
  }

  /** A card by its address on the bus; null where the tool has not told of it lately. */
  get(id: string): GpuDeviceRaw | null {
    return this.#isFresh() ? (this.#cards.get(id) ?? null) : null;
  }

  /** Every card that the tool told of. */
  all(): GpuDeviceRaw[] {
    return this.#isFresh() ? [...this.#cards.values()] : [];
  }

  #isFresh(): boolean {
    return this.#clock.monotonic() - this.#readMs <= tooOldMs;
  }

  async #ask(path: string, signal: AbortSignal): Promise<void> {
    try {
      const cards = await this.#probe.call('nvidiaSmi', { path }, { key: path, deadlineMs, signal });
      this.#cards = new Map(cards.map((card) => [card.id, card]));
      this.#readMs = this.#clock.monotonic();
    } catch (thrown) {
      // It is silent, or has no answer yet: diagnostics name it, and the cards stay without figures.
      if (!(thrown instanceof MonitorError)) throw thrown;
    }
  }
}
