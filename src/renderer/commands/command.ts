/** Where a command stands in the list of keys and in the palette, in this order. */
export const commandGroups = ['pages', 'charts', 'layout', 'processes', 'view', 'app'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** What keys are shown for in the list of keys, whoever listens to them. */
export interface KeyHint {
  /** Of this alone: `charts.pause`. */
  readonly id: string;
  /** What it does, in the language that is in force when it is asked. */
  title(): string;
  readonly group: CommandGroup;
  /**
   * What to press: `Space`, `?`, `Mod+K` (Mod is Cmd on a Mac and Ctrl elsewhere), `Shift+ArrowLeft`, or one after the
   * other: `g p`. Characters are those that the keyboard's layout makes, letters without Shift. More than one where either does.
   */
  readonly keys?: string | readonly string[];
}

/** Something that a page can do: by its keys, and from the palette. */
export interface Command extends KeyHint {
  run(): void;
  /** Whether it would do anything now. Where it would not, its keys are left alone and the palette is silent of it. Default true. */
  isEnabled?(): boolean;
  /** Whether it is done again while its keys are held down. Default false. */
  readonly repeats?: boolean;
}

/** Its keys as a list. */
export function keysOf({ keys }: KeyHint): readonly string[] {
  return keys === undefined ? [] : typeof keys === 'string' ? [keys] : keys;
}
