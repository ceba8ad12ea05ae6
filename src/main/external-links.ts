/** Where a link in the app may lead, and by which paths. */
const allowed: readonly { readonly host: string; readonly path: string }[] = [
  { host: 'docs.kernel.org', path: '/' },
];

/**
 * The address as the browser may be handed it; null for whatever is not https, not on the list, or carries
 * credentials or a port. What is returned is the parsed form, never the text that came in.
 */
export function parseExternalLink(address: unknown): string | null {
  if (typeof address !== 'string' || address.length > 2_048) return null;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.port !== '') return null;
  const known = allowed.some(({ host, path }) => url.hostname === host && url.pathname.startsWith(path));
  return known ? url.href : null;
}
