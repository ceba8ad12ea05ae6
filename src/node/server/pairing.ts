import { randomInt, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { Limits } from '../../shared/protocol/index.ts';
import type { IssuedToken, TokenStore } from './token-store.ts';

/** A code as people see it, and when it ends (wall time). */
export interface PairingCode {
  /** Eight letters as XXXX-XXXX. */
  readonly code: string;
  readonly expiresAtMs: number;
  /** How often it may still be tried. */
  readonly attemptsLeft: number;
}

/** A device that has given the right code and waits for the host's user. Times are monotonic. */
export interface WaitingRequest extends PairingRequest {
  readonly id: string;
  readonly askedMs: number;
  readonly endsMs: number;
}

/** What became of an attempt. `refused`: right code, but the host's user said no. */
export type PairingOutcome =
  | { readonly status: 'paired'; readonly issued: IssuedToken }
  | { readonly status: 'wrong' | 'noCode' | 'refused' };

/** Who asks to be paired, for the host's user to judge. */
export interface PairingRequest {
  readonly name: string;
  readonly address: string;
  /** Six digits that the device shows; null where it sent none. */
  readonly key: string | null;
}

export interface PairingOptions {
  readonly clock: Clock;
  readonly tokens: Pick<TokenStore, 'create'>;
  readonly limits: Pick<Limits, 'pairingCodeMs' | 'pairingAttempts'>;
  /** Asked before a token is made for a right code; without it whoever has the code is let in. */
  readonly confirm?: (request: PairingRequest) => Promise<boolean> | boolean;
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
 * Exchanges a short code, shown by the host, for a view token. One code at a time, for one use, for five
 * minutes, for five attempts in all: about one chance in five thousand million for who guesses.
 */
export class Pairing {
  readonly #options: PairingOptions;
  #live: LiveCode | null = null;

  constructor(options: PairingOptions) {
    this.#options = options;
  }

  /** Makes a new code; the one before it is void. */
  open(): PairingCode {
    const { clock, limits } = this.#options;
    this.#live = {
      letters: createLetters(),
      expiresAtMs: clock.wall() + limits.pairingCodeMs,
      endsMs: clock.monotonic() + limits.pairingCodeMs,
      attemptsLeft: limits.pairingAttempts,
    };
    return this.current()!;
  }

  /** Makes the code void. */
  close(): void {
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
    return [];
  }

  /** Tries a code, written in any case, with or without dashes and spaces. The code is used from here on if it is right. */
  async redeem(code: string, request: PairingRequest): Promise<PairingOutcome> {
    const live = this.#live;
    if (!live || !this.current()) return { status: 'noCode' };
    live.attemptsLeft--;
    if (!isSameText(normalize(code), live.letters)) {
      if (live.attemptsLeft <= 0) this.#live = null;
      return { status: 'wrong' };
    }
    this.#live = null;
    const { confirm, tokens } = this.#options;
    if (confirm && !(await confirm(request))) return { status: 'refused' };
    return { status: 'paired', issued: await tokens.create({ name: request.name, scope: 'view' }) };
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
