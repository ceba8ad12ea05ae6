/** Longer notes are cut: they are read in a part of a page. */
const longest = 6_000;

/** What a release says of itself, as electron-updater hands it over. */
export type ReleaseNotes =
  string | readonly { readonly version: string; readonly note: string | null }[] | null;

/** Release notes as plain text, whatever markup they come in; null where they say nothing. */
export function derivePlainNotes(notes: ReleaseNotes | undefined): string | null {
  const whole =
    typeof notes === 'string'
      ? notes
      : (notes ?? []).map(({ version, note }) => `${version}\n${note ?? ''}`).join('\n\n');
  const text = (/<\w+[^>]*>/.test(whole) ? stripTags(whole) : whole)
    .replaceAll('\r\n', '\n')
    // Headings of Markdown; the rest of it reads well as it is.
    .replace(/^#{1,6} +/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  if (text === '') return null;
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function stripTags(html: string): string {
  return html
    .replace(/<li[^>]*>/gi, '\n- ')
    .replace(/<(br|\/p|\/h\d|\/ul|\/ol|\/div)[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
