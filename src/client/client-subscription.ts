import '../shared/lifecycle/disposable.ts';
import type { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import type { GapMessage, SampleMessage, SnapshotMessage } from '../shared/protocol/index.ts';
import type { RawOf, Topic } from '../shared/series/raw.ts';
import type { Discontinuity, Section } from '../shared/series/sample.ts';

/**
 * Something lies between a sample and the one before it, so that no rate may be taken across. `lost`: samples `fromSeq`
 * to `toSeq` were published and will not come, because the client (`slowConsumer`), its reader (`slowReader`) or the
 * network (`expired`: away for longer than the host keeps them) was too slow. `restarted`: the host began anew, and its
 * numbers with it. `paused`: nobody asked for a while.
 */
export type Seam =
  | {
      readonly reason: 'lost';
      readonly fromSeq: number;
      readonly toSeq: number;
      readonly cause: GapMessage['reason'] | 'slowReader';
    }
  | { readonly reason: 'restarted' | 'paused' };

/** One reading of the topics that were subscribed to. */
export interface ClientSample<T extends Topic = Topic> {
  /** A snapshot has the latest of every topic; a sample what was read since the one before. */
  readonly kind: 'snapshot' | 'sample';
  readonly seq: number;
  /** Milliseconds since 1970 UTC by the host's clock. */
  readonly wallMs: number;
  /** Milliseconds by the host's monotonic clock. */
  readonly monotonicMs: number;
  /** Present where time passed unseen at the host before this sample: no rate may be taken across. */
  readonly discontinuity?: Discontinuity;
  /** A topic that is absent was not read: what was known of it still holds. */
  readonly sections: { readonly [K in T]?: Section<RawOf<K>> };
  /** What lies between this sample and the one before; null where it follows at once. */
  readonly seam: Seam | null;
}

/** So many samples wait for who iterates; then the oldest are dropped, and the next carries a seam. */
export const readerBuffer = 256;

interface Waiter {
  resolve(result: IteratorResult<ClientSample, undefined>): void;
  reject(error: MonitorError): void;
}

/**
 * What was subscribed to, until `close`. Samples go to the listener, or, where there is none, to whoever iterates:
 * `for await (const sample of subscription)`. The loop ends when the subscription or the client is closed, and throws
 * a MonitorError where the host will not have this client any more.
 */
export class ClientSubscription<T extends Topic = Topic>
  implements Disposable, AsyncIterable<ClientSample<T>, undefined>
{
  readonly id: string;
  readonly #listener: ((sample: ClientSample<T>) => void) | null;
  readonly #end: () => void;
  readonly #buffer: ClientSample[] = [];
  readonly #waiting: Waiter[] = [];
  #seam: Seam | null = null;
  #outcome: 'open' | 'closed' | MonitorError = 'open';

  /** Made by `PulsewireClient.subscribe`. `end` tells the host. */
  constructor(id: string, listener: ((sample: ClientSample<T>) => void) | null, end: () => void) {
    this.id = id;
    this.#listener = listener;
    this.#end = end;
  }

  /** Ends it: nothing is heard any more, and the host reads nothing more for it. Idempotent. */
  close(): void {
    if (this.#outcome !== 'open') return;
    this.settle(null);
    this.#end();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Takes samples out of the one buffer: two loops over one subscription share them. */
  [Symbol.asyncIterator](): AsyncIterator<ClientSample<T>, undefined> {
    return {
      next: () => this.#next(),
      return: async () => {
        this.close();
        return { done: true, value: undefined };
      },
    };
  }

  /** Takes in what came. For PulsewireClient. */
  receive({ type, id: _, ...message }: SampleMessage | SnapshotMessage): void {
    if (this.#outcome !== 'open') return;
    const seam = this.#seam;
    this.#seam = null;
    this.#hand({ kind: type, ...message, seam });
  }

  /** Notes what the next sample does not follow at once. For PulsewireClient. */
  noteSeam(seam: Seam): void {
    // Two runs that were lost one after the other are one; after a restart what was lost before it is of no number.
    const before = this.#seam;
    if (before?.reason === 'lost' && seam.reason === 'lost') {
      this.#seam = { ...seam, fromSeq: Math.min(before.fromSeq, seam.fromSeq) };
    } else if (before?.reason !== 'restarted') {
      this.#seam = seam;
    }
  }

  /** Ends it without telling the host: nothing more will come. Null: as was asked. For PulsewireClient. */
  settle(error: MonitorError | null): void {
    if (this.#outcome !== 'open') return;
    this.#outcome = error ?? 'closed';
    for (const waiter of this.#waiting.splice(0)) {
      if (error) waiter.reject(error);
      else waiter.resolve({ done: true, value: undefined });
    }
  }

  #hand(sample: ClientSample): void {
    if (this.#listener) {
      this.#listener(sample);
      return;
    }
    const waiter = this.#waiting.shift();
    if (waiter) {
      waiter.resolve({ done: false, value: sample });
      return;
    }
    this.#buffer.push(sample);
    if (this.#buffer.length > readerBuffer) this.#dropOldest();
  }

  #dropOldest(): void {
    const dropped = this.#buffer.shift()!;
    const next = this.#buffer[0]!;
    if (next.seam && next.seam.reason !== 'lost') return;
    const fromSeq = dropped.seam?.reason === 'lost' ? dropped.seam.fromSeq : dropped.seq;
    this.#buffer[0] = {
      ...next,
      seam:
        dropped.seam && dropped.seam.reason !== 'lost'
          ? dropped.seam
          : { reason: 'lost', fromSeq, toSeq: next.seq - 1, cause: 'slowReader' },
    };
  }

  async #next(): Promise<IteratorResult<ClientSample, undefined>> {
    const sample = this.#buffer.shift();
    if (sample) return { done: false, value: sample };
    if (this.#outcome === 'closed') return { done: true, value: undefined };
    if (this.#outcome !== 'open') throw this.#outcome;
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }
}
