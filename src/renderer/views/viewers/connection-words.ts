import type { DiagnosticsRaw } from '../../../shared/series/raw/diagnostics.ts';
import { t } from '../../../shared/texts/texts.ts';
import { showName } from '../show-name.ts';

const kinds = [
  'window',
  'tray',
  'socket',
  'local',
] as const satisfies readonly DiagnosticsRaw['clients'][number]['kind'][];

/** What kind of client it is, in a word; one that this version does not know by its own name. */
export function kindWord(kind: string): string {
  const known = kinds.find((one) => one === kind);
  return known === undefined ? showName(kind) : t(`viewers:kind.${known}`);
}

/** What a client is called; some say no name. */
export function nameConnection({ name, id }: { readonly name: string; readonly id: string }): string {
  return name === '' ? id : name;
}
