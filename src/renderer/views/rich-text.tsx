import { Fragment, type ReactNode } from 'react';

export interface RichTextProps {
  /** A text of a catalogue with parts in it: `See <page>Viewers</page> for <name/>.` */
  readonly text: string;
  /** What each part is shown as, given the words inside it; those of `<name/>` are none. */
  readonly parts: Readonly<Record<string, (words: string) => ReactNode>>;
}

/**
 * A sentence of which parts are elements: links, names, emphasis. Translators move the parts about. What a machine or a
 * device calls itself is given as a part, never interpolated: it would be read as text of the catalogue.
 */
export function RichText({ text, parts }: RichTextProps) {
  return text.split(part).map((piece, at, pieces) => {
    // Four pieces a part: the text before it, `<name/>` or `<name>`, and the words.
    if (at % 4 === 0) return <Fragment key={at}>{piece}</Fragment>;
    if (at % 4 !== 3) return null;
    const name = pieces[at - 2] ?? pieces[at - 1] ?? '';
    return <Fragment key={at}>{parts[name]?.(piece ?? '')}</Fragment>;
  });
}

const part = /<(\w+)\/>|<(\w+)>([^<]*)<\/\2>/;
