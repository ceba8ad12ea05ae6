import type { DiagnosticsRaw } from '../../../shared/series/raw/diagnostics.ts';
import { showName } from '../show-name.ts';

const kinds: Readonly<Record<DiagnosticsRaw['clients'][number]['kind'], string>> = {
  window: 'Window',
  tray: 'Quick view',
  socket: 'Network',
  local: 'Host’s own',
};

/** What kind of client it is, in a word; one that this version does not know by its own name. */
export function kindWord(kind: string): string {
  return Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : showName(kind);
}

/** What a client is called; some say no name. */
export function nameConnection({ name, id }: { readonly name: string; readonly id: string }): string {
  return name === '' ? id : name;
}
