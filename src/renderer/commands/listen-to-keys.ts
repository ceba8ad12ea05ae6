import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { CommandRegistry } from './command-registry.ts';
import { KeySequences } from './key-sequences.ts';
import { isCharacter, strokeOf } from './stroke.ts';
import { isClaimed, widgetAt } from './widget.ts';

export interface KeyListening {
  readonly registry: CommandRegistry;
  readonly clock: Clock;
  /** Whether keys that type a character do anything; Mod, arrows and Escape always do. */
  readonly hasCharacterKeys: () => boolean;
}

/** Whether this is a Mac, whose Cmd is what Ctrl is elsewhere. */
export function isMac(): boolean {
  return /^(Mac|iP)/.test(navigator.platform);
}

/**
 * Does what keys ask for, anywhere on a page: after whatever has the focus, which keeps its own keys. Never while text is
 * typed or composed, never what belongs to a dialog. Returns the end of it.
 */
export function listenToKeys(page: Window, { registry, clock, hasCharacterKeys }: KeyListening): () => void {
  const sequences = new KeySequences((strokes) => registry.find(strokes), clock);
  const mac = isMac();
  const hear = (event: KeyboardEvent): void => {
    // Safari tells the key that ends a composition as 229, after it.
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
    const stroke = strokeOf(event, mac);
    if (stroke === null) return;
    const isMine = !isClaimed(widgetAt(event.target, page.document), stroke);
    if (!isMine || (isCharacter(stroke) && !hasCharacterKeys())) {
      sequences.reset();
      return;
    }
    const found = sequences.press(stroke);
    if (found === null) return;
    event.preventDefault();
    if (found !== 'begun' && (!event.repeat || found.repeats)) found.run();
  };
  page.addEventListener('keydown', hear);
  return () => page.removeEventListener('keydown', hear);
}
