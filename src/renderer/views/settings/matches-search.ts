/** Whether texts have every word that is searched for, in any order and case. Nothing searched for is in everything. */
export function matchesSearch(search: string, ...texts: readonly string[]): boolean {
  const all = texts.join(' ').toLocaleLowerCase();
  return search
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
