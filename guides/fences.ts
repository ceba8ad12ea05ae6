/** A fenced block of a page in Markdown. */
export interface Fence {
  /** Line of its first line of text, from 1. */
  readonly line: number;
  /** First word behind the fence: `sh`, `json` … Empty where there is none. */
  readonly language: string;
  /** Words and `name="value"` pairs that follow it; a word alone has the value ''. */
  readonly marks: ReadonlyMap<string, string>;
  /** Without the fences and without the indentation that the whole block has; ends with a line break. */
  readonly text: string;
  /** The newest heading above it, without its marks. */
  readonly heading: string;
}

const opening = /^( *)(```+)(\S*) ?(.*)$/;
const mark = /([a-z][a-z-]*)(?:="([^"]*)")?/g;

/** The fenced blocks of a page, in order. Throws where one is not closed. */
export function parseFences(markdown: string): Fence[] {
  const fences: Fence[] = [];
  const lines = markdown.split('\n');
  let heading = '';
  for (let at = 0; at < lines.length; at++) {
    heading = /^#+ (.+)$/.exec(lines[at]!)?.[1]?.replaceAll('`', '') ?? heading;
    const [, indent = '', fence, language = '', rest = ''] = opening.exec(lines[at]!) ?? [];
    if (fence === undefined) continue;
    const end = lines.indexOf(`${indent}${fence}`, at + 1);
    if (end < 0) throw new Error(`The block that begins on line ${at + 1} is not closed.`);
    const text = lines
      .slice(at + 1, end)
      .map((line) => `${line.startsWith(indent) ? line.slice(indent.length) : line}\n`)
      .join('');
    const marks = new Map([...rest.matchAll(mark)].map(([, name = '', value = '']) => [name, value]));
    fences.push({ line: at + 2, language, marks, text, heading });
    at = end;
  }
  return fences;
}

/**
 * Whether a program has printed what a page shows. In `shown`, `…` stands for anything within a line, and a line of
 * `…` alone for any number of lines.
 */
export function matchesOutput(shown: string, printed: string): boolean {
  const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = shown
    .trimEnd()
    .split('\n')
    .map((line) => (line === '…' ? '(?:.*\n)*?' : `${line.split('…').map(escape).join('.*')}\n`))
    .join('');
  return new RegExp(`^${pattern}$`).test(`${printed.trimEnd()}\n`);
}
