import type { TableRow } from './table-row.ts';

/** What was asked for in the filter box: a test for rows, and what is wrong with it where it says nothing. */
export type ParsedFilter =
  | { readonly status: 'ok'; readonly matches: (row: TableRow) => boolean }
  | { readonly status: 'all' }
  | { readonly status: 'invalid'; readonly problem: string };

/**
 * Reads a filter: words that must all occur in name, command, user, group or number, or a regular expression between
 * slashes (`/^k.*d$/`, flags after it) that is tried on each of them. Case never matters. An expression that is not
 * valid is a value too. A path, or an expression that is still being typed, has no end and is words.
 */
export function parseFilter(text: string): ParsedFilter {
  const trimmed = text.trim();
  if (trimmed === '') return { status: 'all' };
  const [, source, flags] = /^\/(.+)\/([dgimsuvy]*)$/su.exec(trimmed) ?? [];
  if (source === undefined) return { status: 'ok', matches: matchWords(trimmed.toLowerCase().split(/\s+/u)) };
  try {
    // Global and sticky expressions remember where they were, from one row to the next.
    const expression = new RegExp(source, [...new Set(`${flags}i`.replace(/[gy]/gu, ''))].join(''));
    return { status: 'ok', matches: (row) => texts(row).some((each) => expression.test(each)) };
  } catch (thrown) {
    const problem = thrown instanceof Error ? thrown.message : String(thrown);
    return {
      status: 'invalid',
      problem: problem.replace(/^Invalid regular expression: (\/.*\/\w*: )?/su, ''),
    };
  }
}

function matchWords(words: readonly string[]): (row: TableRow) => boolean {
  return (row) => {
    const all = texts(row).map((each) => each.toLowerCase());
    return words.every((word) => all.some((each) => each.includes(word)));
  };
}

function texts({ name, command, user, group, pid }: TableRow): readonly string[] {
  return [name, command, user, group, String(pid)];
}
