import { createContext, useContext, useEffect } from 'react';
import type { Command, KeyHint } from './command.ts';
import type { CommandRegistry } from './command-registry.ts';

/** The page's commands; null where a page has none (the quick view, the gallery). */
export const CommandsContext = createContext<CommandRegistry | null>(null);

/**
 * Commands that there are while the caller is on the page. `commands` is a constant or memoised: another array is registered
 * anew. Outside of a page that has commands it does nothing.
 */
export function useCommands(commands: readonly Command[]): void {
  const registry = useContext(CommandsContext);
  useEffect(() => registry?.register(commands), [registry, commands]);
}

/** Keys that the caller listens to itself, to be shown with the others. As constant as `useCommands` wants them. */
export function useKeyHints(hints: readonly KeyHint[]): void {
  const registry = useContext(CommandsContext);
  useEffect(() => registry?.registerHints(hints), [registry, hints]);
}
