import { limitScope, type Grant } from '../../core/grant.ts';
import type { TokenScope } from '../../shared/protocol/index.ts';
import type { AttemptTally } from '../audit/attempt-tally.ts';
import { createStranger } from '../audit/audit-entry.ts';
import type { AuthLimiter } from './auth-limiter.ts';
import type { TokenRecord, TokenStore } from './token-store.ts';

/** Where tokens are looked up. */
export type TokenSource = Pick<TokenStore, 'verify' | 'get'>;

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
  readonly #tokens: TokenSource;
  readonly #limiter: AuthLimiter;
  readonly #attempts: Pick<AttemptTally, 'note'>;

  constructor(tokens: TokenSource, limiter: AuthLimiter, attempts: Pick<AttemptTally, 'note'>) {
    this.#tokens = tokens;
    this.#limiter = limiter;
    this.#attempts = attempts;
  }

  /** `most`: what the connection is good for, whatever the token allows. */
  async authenticate(
    token: string | undefined,
    address: string,
    most: TokenScope = 'admin',
  ): Promise<AuthOutcome> {
    const record = token ? await this.#tokens.verify(token) : null;
    if (record) {
      const scope = limitScope(record.scope, most);
      return { status: 'granted', grant: new TokenGrant(this.#tokens, record, scope) };
    }
    const code = token ? 'wrong' : 'missing';
    this.#attempts.note({ event: 'token.wrong', who: createStranger(address), outcome: 'refused', code });
    const verdict = this.#limiter.check(address);
    if (!verdict.allowed) return { status: 'tooMany', retryAfterMs: verdict.retryAfterMs };
    this.#limiter.noteFailure(address);
    return { status: 'wrong' };
  }
}

/** What a token grants. Its name is read when it is wanted, since a device may be renamed while it is connected. */
class TokenGrant implements Grant {
  readonly scope: TokenScope;
  readonly tokenId: string;
  readonly #tokens: TokenSource;
  readonly #name: string;

  constructor(tokens: TokenSource, { id, name }: TokenRecord, scope: TokenScope) {
    this.scope = scope;
    this.tokenId = id;
    this.#tokens = tokens;
    this.#name = name;
  }

  get name(): string {
    return this.#tokens.get(this.tokenId)?.name ?? this.#name;
  }
}

/** The token of an Authorization header; undefined where it is no bearer token. Source: RFC 6750 section 2.1. */
export function parseBearer(header: string | undefined): string | undefined {
  return /^Bearer +([A-Za-z0-9._~+/-]{1,256}=*) *$/i.exec(header ?? '')?.[1];
}
