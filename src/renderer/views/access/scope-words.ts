import type { GrantScope, TokenScope } from '../../../shared/protocol/index.ts';
import { t } from '../../../shared/texts/texts.ts';

interface ScopeWords {
  /** As a choice, and where a device is listed. */
  readonly label: string;
  /** What it adds to the one before it, in a sentence. */
  readonly meaning: string;
}

/** What a scope lets a device do, in words. */
export function scopeWords(scope: GrantScope): ScopeWords {
  return { label: t(`access:scope.${scope}.label`), meaning: t(`access:scope.${scope}.meaning`) };
}

/** Scopes that a device can be given, as a person may choose among them. */
export const scopeChoices: readonly TokenScope[] = ['vitals', 'view', 'arguments', 'control', 'admin'];
