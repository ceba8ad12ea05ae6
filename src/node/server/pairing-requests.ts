import { randomBytes } from 'node:crypto';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { TokenScope } from '../../shared/protocol/index.ts';
import type { IssuedToken } from './token-record.ts';

/** Who asks to be paired, for the host's user to judge. */
export interface PairingRequest {
  readonly name: string;
  readonly address: string;
  /** Six digits that the device shows; null where it sent none. */
  readonly key: string | null;
  /** The most that it is given, where others on its way could read the token; left out where nobody can. */
  readonly most?: TokenScope;
}

/** A device that has given the right code and waits for the host's user. Times are monotonic. */
export interface WaitingRequest extends PairingRequest {
  readonly id: string;
  readonly askedMs: number;
  readonly endsMs: number;
}

/** What became of a request. `left`: the device went away. `closed`: the host did. */
export type RequestOutcome =
  | { readonly status: 'paired'; readonly issued: IssuedToken }
  | { readonly status: 'refused' | 'expired' | 'left' | 'closed' | 'failed' };

/** A request that somebody has taken to answer. */
export interface TakenRequest {
  readonly request: WaitingRequest;
  /** Aborted once the device has gone away. */
  readonly left: AbortSignal;
  readonly settle: (outcome: RequestOutcome) => void;
}

interface Waiting extends TakenRequest {
  /** Ends its deadline, and its listening for the device. */
  readonly release: () => void;
}

/** How many devices may wait at once, and how many of one address. */
const [maxWaiting, maxWaitingPerAddress] = [4, 2];

/** Devices that wait for the host's user, each until somebody takes its request, its time is over or it goes away. */
export class PairingRequests {
  readonly #clock: Clock;
  readonly #waitMs: number;
  readonly #waiting = new Map<string, Waiting>();

  constructor(clock: Clock, waitMs: number) {
    this.#clock = clock;
    this.#waitMs = waitMs;
  }

  /** The one that has waited longest first. */
  list(): readonly WaitingRequest[] {
    return [...this.#waiting.values()].map(({ request }) => request);
  }

  /** Whether one more of that address may wait. */
  hasRoom(address: string): boolean {
    const here = this.list().filter((request) => request.address === address);
    return this.#waiting.size < maxWaiting && here.length < maxWaitingPerAddress;
  }

  /** Begins to wait, and resolves with what came of it. `left` aborts when the device goes away. */
  wait(
    asked: PairingRequest,
    left: AbortSignal,
  ): { request: WaitingRequest; outcome: Promise<RequestOutcome> } {
    const askedMs = this.#clock.monotonic();
    const id = randomBytes(6).toString('hex');
    const request = { ...asked, id, askedMs, endsMs: askedMs + this.#waitMs };
    const outcome = new Promise<RequestOutcome>((settle) => {
      const deadline = new AbortController();
      const end = (status: 'expired' | 'left'): void => this.take(id)?.settle({ status });
      const onLeft = (): void => end('left');
      const release = (): void => {
        deadline.abort();
        left.removeEventListener('abort', onLeft);
      };
      this.#waiting.set(id, { request, left, settle, release });
      left.addEventListener('abort', onLeft, { once: true });
      this.#clock.sleep(this.#waitMs, deadline.signal).then(
        () => end('expired'),
        () => undefined,
      );
      if (left.aborted) onLeft();
    });
    return { request, outcome };
  }

  /** Takes a request out, to be settled by the caller. Null where none of that id waits. */
  take(id: string): TakenRequest | null {
    const waiting = this.#waiting.get(id);
    if (!waiting) return null;
    this.#waiting.delete(id);
    waiting.release();
    return waiting;
  }

  /** Ends all of them. */
  closeAll(): void {
    for (const id of [...this.#waiting.keys()]) this.take(id)?.settle({ status: 'closed' });
  }
}
