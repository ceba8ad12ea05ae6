import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { readPreferences } from '../preferences/preferences.ts';
import { useSession } from '../session-context.ts';
import { deriveAppCommands } from './app-commands.ts';
import { CommandRegistry } from './command-registry.ts';
import { CommandsContext } from './commands-context.ts';
import { listenToKeys } from './listen-to-keys.ts';

// Asked for by few, and never at the start: neither is part of what is loaded then.
const dialogs = {
  palette: lazy(async () => ({ default: (await import('./palette.tsx')).Palette })),
  keys: lazy(async () => ({ default: (await import('./key-sheet.tsx')).KeySheet })),
};

/** A page whose parts have commands: holds them, does what keys ask for, and shows the palette and the list of keys. */
export function Commands({ children }: { readonly children: ReactNode }) {
  const { clock } = useSession();
  const [shown, show] = useState<keyof typeof dialogs | null>(null);
  const [registry] = useState(() => {
    const created = new CommandRegistry((problem) => reportError(new Error(problem)));
    // Before those of any part, so that Escape is theirs first.
    created.register(deriveAppCommands({ palette: () => show('palette'), keys: () => show('keys') }));
    return created;
  });

  useEffect(
    () =>
      listenToKeys(window, {
        registry,
        clock,
        hasCharacterKeys: () => readPreferences().shortcuts === 'on',
      }),
    [registry, clock],
  );

  const Shown = shown && dialogs[shown];
  return (
    <CommandsContext value={registry}>
      {children}
      <Suspense>{Shown && <Shown registry={registry} onGone={() => show(null)} />}</Suspense>
    </CommandsContext>
  );
}
