import { useEffect, useState, type ReactNode } from 'react';
import { readPreferences } from '../preferences/preferences.ts';
import { useSession } from '../session-context.ts';
import { CommandRegistry } from './command-registry.ts';
import { CommandsContext } from './commands-context.ts';
import { listenToKeys } from './listen-to-keys.ts';

/** A page whose parts have commands: holds them, and does what keys ask for. */
export function Commands({ children }: { readonly children: ReactNode }) {
  const { clock } = useSession();
  const [registry] = useState(() => new CommandRegistry((problem) => reportError(new Error(problem))));

  useEffect(
    () =>
      listenToKeys(window, {
        registry,
        clock,
        hasCharacterKeys: () => readPreferences().shortcuts === 'on',
      }),
    [registry, clock],
  );

  return <CommandsContext value={registry}>{children}</CommandsContext>;
}
