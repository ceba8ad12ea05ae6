/** One press of a key with what is held beside it, written in one way only: `p`, `?`, `Mod+k`, `Shift+ArrowLeft`. */
export type Stroke = string;

/** What is read of a press; a KeyboardEvent has it all. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  getModifierState(key: string): boolean;
}

/** What browsers, desktops and text fields do with Mod: nobody's to take. `k` alone is asked for by habit of all such apps. */
const takenWithMod = [...'acdfghijlnopqrstuvwxz0123456789+-', 'Tab', 'Space', 'Enter'];

const namedKeys = [
  'Space', 'Enter', 'Escape', 'Delete', 'Backspace', 'Home', 'End', 'PageUp', 'PageDown',
  'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown',
]; // prettier-ignore

/**
 * Keys as a command names them, as strokes one after the other. Throws for what is no key, for what is the browser's, and for
 * Shift beside anything but a letter or a named key: which characters need it is the keyboard layout's affair.
 */
export function parseKeys(keys: string): readonly Stroke[] {
  return keys.split(' ').map((text) => {
    const parts = text.match(/^(Mod\+)?(Shift\+)?(.+)$/);
    const key = parts?.[3] ?? '';
    const isNamed = namedKeys.includes(key);
    const name = isNamed ? key : key.toLowerCase();
    const isLetter = /^[a-z]$/.test(name);
    if (!isNamed && !/^[!-~]$/.test(name)) throw new Error(`“${keys}” names no keys.`);
    if (parts?.[2] && !isLetter && !isNamed) throw new Error(`“${keys}” needs no Shift in its name.`);
    if (parts?.[1] && takenWithMod.includes(name)) throw new Error(`“${keys}” belongs to the browser.`);
    return `${parts?.[1] ?? ''}${parts?.[2] ?? ''}${name}`;
  });
}

/**
 * The stroke of a press; null where it is none that a command can have: Shift alone, something with Alt or with the
 * desktop's key. On keyboards without Latin letters they are where a US keyboard has them.
 */
export function strokeOf(press: KeyPress, isMac: boolean): Stroke | null {
  // AltGr makes characters, and is told as Ctrl and Alt on Windows.
  const makesCharacter = press.getModifierState('AltGraph');
  if (press.altKey && !makesCharacter) return null;
  const mod = !makesCharacter && (isMac ? press.metaKey : press.ctrlKey);
  if (!makesCharacter && (isMac ? press.ctrlKey : press.metaKey)) return null;
  const key = nameOf(press);
  if (key === null) return null;
  const withShift = press.shiftKey && (namedKeys.includes(key) || /^[a-z]$/.test(key));
  return `${mod ? 'Mod+' : ''}${withShift ? 'Shift+' : ''}${key}`;
}

function nameOf({ key, code }: KeyPress): string | null {
  if (key === ' ') return 'Space';
  if (namedKeys.includes(key)) return key;
  if (/^[!-~]$/.test(key)) return key.toLowerCase();
  return key.length === 1 ? (code.match(/^Key([A-Z])$/)?.[1]?.toLowerCase() ?? null) : null;
}

/** Whether a stroke types a character: what somebody who speaks to the machine may press without meaning to (WCAG 2.1.4). */
export function isCharacter(stroke: Stroke): boolean {
  return stroke === 'Space' || /^(Shift\+)?.$/.test(stroke);
}
