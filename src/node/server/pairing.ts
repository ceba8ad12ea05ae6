import { randomInt, timingSafeEqual } from 'node:crypto';
import { limitScope } from '../../core/grant.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { Limits, TokenScope } from '../../shared/protocol/index.ts';
import type { AttemptTally } from '../audit/attempt-tally.ts';
import { createStranger, hostActor, type AuditActor, type AuditNote } from '../audit/audit-entry.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import {
  PairingRequests,
  type PairingRequest,
  type RequestOutcome,
  type WaitingRequest,
} from './pairing-requests.ts';
import type { TokenStore } from './token-store.ts';

/** A code as people see it, and when it ends (wall time). */
export interface PairingCode {
  /** Eight letters as XXXX-XXXX. */
  readonly code: string;
  readonly expiresAtMs: number;
  /** How often it may still be tried. */
  readonly attemptsLeft: number;
}

/** A device that was let in, and by whom: by itself where its code was enough. */
export interface LetIn {
  readonly name: string;
  readonly by: AuditActor;
}

/** What became of an attempt. `busy`: as many devices wait as may, and the code was not looked at. */
export type PairingOutcome = RequestOutcome | { readonly status: 'wrong' | 'noCode' | 'busy' };

/** What the host's user says to a device that waits. What is left out: its own name, the scope `view`, no guest. */
export interface PairingAnswer {
  readonly accept: boolean;
  readonly name?: string | undefined;
  readonly scope?: TokenScope | undefined;
  /** For how long it is let in; null or left out: for as long as its scope says. */
  readonly guestMs?: number | null | undefined;
}

export interface PairingOptions {
  readonly clock: Clock;
  readonly tokens: Pick<TokenStore, 'create' | 'revoke'>;
  readonly limits: Pick<Limits, 'pairingCodeMs' | 'pairingAttempts' | 'pairingConfirmMs'>;
  /** Whether the host's user is asked before a device with the right code is let in. Otherwise the code is enough. */
  readonly confirm: boolean;
  readonly audit: Pick<AuditLog, 'note'>;
  readonly attempts: Pick<AttemptTally, 'note'>;
}

/** Twenty letters without vowels, which spell no words and are not mistaken for digits. Source: RFC 8628 section 6.1. */
export const pairingAlphabet = 'BCDFGHJKLMNPQRSTVWXZ';
const codeLength = 8;

interface LiveCode {
  readonly letters: string;
  readonly expiresAtMs: number;
  readonly endsMs: number;
  attemptsLeft: number;
}

/**
 * Exchanges a short code, shown by the host, for a token. One code at a time, for one use, for five minutes, for five
 * attempts in all: about one chance in five thousand million for who guesses. Where the host has a user, who has the
 * code only asks, and that user decides. Each step is put on record.
 */
export class Pairing {
  readonly #options: PairingOptions;
  readonly #requests: PairingRequests;
  readonly #askListeners = new Set<(request: WaitingRequest) => void>();
  readonly #letInListeners = new Set<(device: LetIn) => void>();
  #live: LiveCode | null = null;

  constructor(options: PairingOptions) {
    this.#options = options;
    this.#requests = new PairingRequests(options.clock, options.limits.pairingConfirmMs);
  }

  /** Makes a new code; the one before it is void. */
  open(by: AuditActor = hostActor): PairingCode {
    const { clock, limits, audit } = this.#options;
    this.#live = {
      letters: createLetters(),
      expiresAtMs: clock.wall() + limits.pairingCodeMs,
      endsMs: clock.monotonic() + limits.pairingCodeMs,
      attemptsLeft: limits.pairingAttempts,
    };
    void audit.note({ event: 'pairing.opened', who: by, outcome: 'done' });
    return this.current()!;
  }

  /** Makes the code void. */
  close(by: AuditActor = hostActor): void {
    if (this.current()) void this.#options.audit.note({ event: 'pairing.closed', who: by, outcome: 'done' });
    this.#live = null;
  }

  /** The code that can be used now; null where there is none. */
  current(): PairingCode | null {
    const live = this.#live;
    if (!live || this.#options.clock.monotonic() >= live.endsMs) return null;
    const { letters, expiresAtMs, attemptsLeft } = live;
    return { code: `${letters.slice(0, 4)}-${letters.slice(4)}`, expiresAtMs, attemptsLeft };
  }

  /** Devices that wait for the host's user, the one that has waited longest first. */
  requests(): readonly WaitingRequest[] {
    return this.#requests.list();
  }

  /** Hears of each device that begins to wait. Returns the unsubscribe. */
  onAsked(listener: (request: WaitingRequest) => void): () => void {
    this.#askListeners.add(listener);
    return () => this.#askListeners.delete(listener);
  }

  /** Hears of each device that was let in. Returns the unsubscribe. */
  onLetIn(listener: (device: LetIn) => void): () => void {
    this.#letInListeners.add(listener);
    return () => this.#letInListeners.delete(listener);
  }

  /**
   * Tries a code, written in any case, with or without dashes and spaces. The code is used from here on if it is right.
   * Resolves once the host's user has answered, where there is one to ask; `left` aborts when the device goes away.
   */
  async redeem(code: string, request: PairingRequest, left: AbortSignal): Promise<PairingOutcome> {
    const { confirm, attempts, limits } = this.#options;
    const who = createStranger(request.address, request.name);
    const fail = (status: 'wrong' | 'noCode' | 'busy', message: string): PairingOutcome => {
      attempts.note({ event: 'pairing.failed', who, outcome: 'refused', code: status, message });
      return { status };
    };
    if (confirm && !this.#requests.hasRoom(request.address)) {
      return fail('busy', 'As many devices wait as may.');
    }
    const live = this.#live;
    if (!live || !this.current()) return fail('noCode', 'There is no code.');
    live.attemptsLeft--;
    if (!isSameText(normalize(code), live.letters)) {
      if (live.attemptsLeft <= 0) this.#live = null;
      return fail(
        'wrong',
        `Attempt ${limits.pairingAttempts - live.attemptsLeft} of ${limits.pairingAttempts}.`,
      );
    }
    this.#live = null;
    return confirm ? this.#ask(request, who, left) : this.#letIn(request, who);
  }

  /** Answers a device that waits. Throws MonitorError `notFound` where it does not, or not any more. */
  async answer(id: string, answer: PairingAnswer, by: AuditActor): Promise<void> {
    const { tokens, clock, audit } = this.#options;
    const taken = this.#requests.take(id);
    if (!taken) throw new MonitorError('notFound', 'That device does not wait any more.');
    const { request, left, settle } = taken;
    const about = { device: null, asked: request.name, address: request.address };
    if (!answer.accept) {
      settle({ status: 'refused' });
      await audit.note({ event: 'pairing.refused', who: by, outcome: 'done', what: about });
      return;
    }
    const { name = request.name, guestMs = null } = answer;
    const scope = limitScope(answer.scope ?? 'view', request.most ?? 'admin');
    const what = { ...about, name, scope, guestMs };
    try {
      const endsWallMs = guestMs === null ? null : clock.wall() + guestMs;
      const issued = await tokens.create({ name, scope, endsWallMs });
      const done = { ...what, device: issued.record.id };
      if (left.aborted) {
        // Nobody has this token; nobody shall.
        await tokens.revoke(issued.record.id);
        settle({ status: 'left' });
        throw new MonitorError('notFound', 'That device has gone away meanwhile.');
      }
      settle({ status: 'paired', issued });
      for (const listener of [...this.#letInListeners]) listener({ name, by });
      await audit.note({ event: 'pairing.succeeded', who: by, outcome: 'done', what: done });
    } catch (thrown) {
      settle({ status: 'failed' });
      const { code, message } = MonitorError.from(thrown, 'io');
      await audit.note({ event: 'pairing.succeeded', who: by, outcome: 'failed', what, code, message });
      throw thrown;
    }
  }

  /** Voids the code and sends away who waits, for a host that closes. */
  end(): void {
    this.#live = null;
    this.#requests.closeAll();
  }

  async #ask(request: PairingRequest, who: AuditActor, left: AbortSignal): Promise<PairingOutcome> {
    const { audit } = this.#options;
    const waiting = this.#requests.wait(request, left);
    void audit.note({ event: 'pairing.asked', who, outcome: 'asked' });
    if (!left.aborted) for (const listener of this.#askListeners) listener(waiting.request);
    const outcome = await waiting.outcome;
    const ends: Partial<Record<typeof outcome.status, AuditNote['event']>> = {
      expired: 'pairing.expired',
      left: 'pairing.withdrawn',
    };
    const event = ends[outcome.status];
    if (event) void audit.note({ event, who, outcome: 'done' });
    return outcome;
  }

  async #letIn({ name }: PairingRequest, who: AuditActor): Promise<PairingOutcome> {
    const issued = await this.#options.tokens.create({ name, scope: 'view' });
    const what = { device: issued.record.id, scope: 'view' };
    for (const listener of [...this.#letInListeners]) listener({ name, by: who });
    void this.#options.audit.note({ event: 'pairing.succeeded', who, outcome: 'done', what });
    return { status: 'paired', issued };
  }
}

function createLetters(): string {
  return Array.from({ length: codeLength }, () => pairingAlphabet[randomInt(pairingAlphabet.length)]).join(
    '',
  );
}

function normalize(code: string): string {
  return code.replace(/[-\s]/g, '').toUpperCase();
}

function isSameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
