/**
 * The address of another host's page, from what that host says of itself: anybody's text. Null where it is not http or
 * https, or carries credentials or a path; what is returned is the parsed form.
 */
export function parseHostUrl(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username !== '' || url.password !== '') return null;
  return url.pathname === '/' && url.search === '' && url.hash === '' ? url.origin : null;
}
