import type { GrantScope, TokenScope } from '../../../shared/protocol/index.ts';

interface ScopeWords {
  /** As a choice, and where a device is listed. */
  readonly label: string;
  /** What it adds to the one before it, in a sentence. */
  readonly meaning: string;
}

/** What each scope lets a device do, in words, from the least to the most. */
export const scopeWords: Readonly<Record<GrantScope, ScopeWords>> = {
  vitals: {
    label: 'Vitals',
    meaning: 'Figures of the machine and its parts. No names of processes, services, containers or users.',
  },
  view: {
    label: 'Process names',
    meaning: 'Also processes, services, containers and who is logged in, with what each of them uses.',
  },
  arguments: {
    label: 'Command lines',
    meaning: 'Also the arguments of processes, in which there may be secrets.',
  },
  control: {
    label: 'Actions',
    meaning: 'Also looks into a process, ends, stops and renices it, and sees who is connected.',
  },
  admin: {
    label: 'Administrator',
    meaning: 'Also lets devices in, changes what they may do, and turns sharing on and off.',
  },
  local: { label: 'Everything', meaning: 'The machine’s own window.' },
};

/** Scopes that a device can be given, as a person may choose among them. */
export const scopeChoices: readonly TokenScope[] = ['vitals', 'view', 'arguments', 'control', 'admin'];
