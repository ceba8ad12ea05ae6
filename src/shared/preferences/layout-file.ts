import * as v from 'valibot';
import { layoutSchema, type Layout } from './layout.ts';

/** Says what a file is, for people and for this program. */
const fileKind = 'pulsewire.layout';

const layoutFileSchema = v.object({
  kind: v.literal(fileKind),
  version: v.literal(1),
  density: v.optional(v.picklist(['comfortable', 'compact'])),
  ...layoutSchema.entries,
});

export interface LayoutFile {
  readonly layout: Layout;
  /** Absent where the file does not say. */
  readonly density?: 'comfortable' | 'compact' | undefined;
}

/** Why a file cannot be taken: it is no JSON, no layout of this program, or `where` in it is a value that makes no sense. */
export type LayoutFileProblem =
  | { readonly kind: 'notJson' }
  | { readonly kind: 'notALayout' }
  | { readonly kind: 'badValue'; readonly where: string };

export type ParsedLayoutFile =
  | { readonly status: 'ok'; readonly file: LayoutFile }
  | { readonly status: 'invalid'; readonly problem: LayoutFileProblem };

/** A layout as the text of a file, for people to keep, to hand on and to edit. */
export function formatLayoutFile({ layout, density }: LayoutFile): string {
  return `${JSON.stringify({ kind: fileKind, version: 1, density, tiles: layout.tiles }, null, 2)}\n`;
}

/** Reads such a text. Tiles with names that this version does not know are kept. */
export function parseLayoutFile(text: string): ParsedLayoutFile {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return { status: 'invalid', problem: { kind: 'notJson' } };
  }
  const parsed = v.safeParse(layoutFileSchema, given);
  if (parsed.success) {
    const { tiles, density } = parsed.output;
    return { status: 'ok', file: { layout: { tiles }, density } };
  }
  const where = parsed.issues[0].path?.map(({ key }) => String(key)).join('.') ?? '';
  const isOurs = where !== '' && where !== 'kind' && where !== 'version' && where !== 'tiles';
  return { status: 'invalid', problem: isOurs ? { kind: 'badValue', where } : { kind: 'notALayout' } };
}
