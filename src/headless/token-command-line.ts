import { InvalidArgumentError, Option, type Command } from 'commander';
import { tokenScopes, type TokenScope } from '../shared/protocol/index.ts';
import type { CommonOptions } from './command-line.ts';

/** What the command line asks for of tokens. `guestMs`: for how long; null: no longer a guest. */
export type TokenInvocation =
  | {
      readonly command: 'tokenCreate';
      readonly name: string;
      readonly scope: TokenScope;
      readonly guestMs: number | null;
      readonly options: CommonOptions;
    }
  | { readonly command: 'tokenList'; readonly options: CommonOptions }
  | {
      readonly command: 'tokenChange';
      readonly id: string;
      readonly name: string | undefined;
      readonly scope: TokenScope | undefined;
      readonly guestMs: number | null | undefined;
      readonly options: CommonOptions;
    }
  | { readonly command: 'tokenRevoke'; readonly id: string; readonly options: CommonOptions };

interface Wishes extends CommonOptions {
  readonly name?: string;
  readonly scope?: TokenScope;
  readonly guest?: number;
}

/** Adds `token create`, `list`, `change` and `revoke` to a program. `onInvoked` hears of the one that is asked for. */
export function addTokenCommands(
  token: Command,
  subcommand: (name: string, description: string) => Command,
  optionsOf: (options: CommonOptions) => CommonOptions,
  onInvoked: (invocation: TokenInvocation | { command: 'refuse'; message: string }) => void,
): void {
  const scope = (): Option => new Option('--scope <scope>', 'what it allows').choices(tokenScopes);
  subcommand('create', 'print a new token, which is shown this once')
    .requiredOption('--name <name>', 'whose it is', parseName)
    .addOption(scope().default('view'))
    .option('--guest <time>', 'for a while only, as 30m or 2h; a day at most', parseGuest)
    .action(({ name = '', scope = 'view', guest, ...options }: Wishes) => {
      onInvoked({ command: 'tokenCreate', name, scope, guestMs: guest || null, options: optionsOf(options) });
    });
  subcommand('list', 'list tokens: id, scope, made, last used, ends, name').action((options: CommonOptions) =>
    onInvoked({ command: 'tokenList', options: optionsOf(options) }),
  );
  subcommand('change', 'rename a token, or change what it allows or for how long')
    .argument('<id>', 'as the list shows it')
    .option('--name <name>', 'whose it is', parseName)
    .addOption(scope())
    .option('--guest <time>', 'for a while only from now on, as 30m or 2h; off: no longer', parseGuest)
    .action((id: string, { name, scope, guest, ...options }: Wishes) => {
      const guestMs = guest === 0 ? null : guest;
      onInvoked({ command: 'tokenChange', id, name, scope, guestMs, options: optionsOf(options) });
    });
  subcommand('revoke', 'end a token, and its connections')
    .argument('<id>', 'as the list shows it')
    .action((id: string, options: CommonOptions) => {
      onInvoked({ command: 'tokenRevoke', id, options: optionsOf(options) });
    });
  token.allowExcessArguments(true).action(() => {
    const message = 'Say which: token create, token list, token change ID or token revoke ID.';
    onInvoked({ command: 'refuse', message });
  });
}

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** 0 for `off`, since null would be taken for nothing said. */
function parseGuest(text: string): number {
  if (text === 'off') return 0;
  const [, count, unit] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  const ms = Number(count) * (unitMs[unit ?? ''] ?? Number.NaN);
  if (!(ms >= 60_000 && ms <= 86_400_000)) {
    throw new InvalidArgumentError('It is a time from 1m to 1d, as 30m or 2h.');
  }
  return ms;
}

function parseName(text: string): string {
  const name = text.trim();
  if (name.length < 1 || name.length > 64) throw new InvalidArgumentError('A name has 1 to 64 characters.');
  return name;
}
