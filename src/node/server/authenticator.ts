import type { Grant } from '../../core/grant.ts';
import type { AuthLimiter } from './auth-limiter.ts';
import type { TokenStore } from './token-store.ts';

/** What presenting a token comes to. `tooMany`: wrong, and this address has been wrong too often. */
export type AuthOutcome =
  | { readonly status: 'granted'; readonly grant: Grant & { readonly tokenId: string } }
  | { readonly status: 'wrong' }
  | { readonly status: 'tooMany'; readonly retryAfterMs: number };

/**
 * Looks tokens up and counts failures. A right token is let in even from an address that is being slowed down:
 * nobody guesses 256 bits, and whoever shares an address with a guesser must not be locked out by it. Pairing
 * codes, which can be guessed, are refused unread instead.
 */
export class Authenticator {
  readonly #tokens: Pick<TokenStore, 'verify'>;
  readonly #limiter: AuthLimiter;

  constructor(tokens: Pick<TokenStore, 'verify'>, limiter: AuthLimiter) {
    this.#tokens = tokens;
    this.#limiter = limiter;
  }

  async authenticate(token: string | undefined, address: string): Promise<AuthOutcome> {
    const record = token ? await this.#tokens.verify(token) : null;
    if (record) {
      return { status: 'granted', grant: { scope: record.scope, tokenId: record.id, name: record.name } };
    }
    const verdict = this.#limiter.check(address);
    if (!verdict.allowed) return { status: 'tooMany', retryAfterMs: verdict.retryAfterMs };
    this.#limiter.noteFailure(address);
    return { status: 'wrong' };
  }
}

/** The token of an Authorization header; undefined where it is no bearer token. Source: RFC 6750 section 2.1. */
export function parseBearer(header: string | undefined): string | undefined {
  return /^Bearer +([A-Za-z0-9._~+/-]{1,256}=*) *$/i.exec(header ?? '')?.[1];
}
