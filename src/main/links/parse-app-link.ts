import { formatPairingCode, isWholeCode } from '../../client/pairing-client.ts';
import { isPageName, type PageName } from '../../shared/preferences/page-names.ts';
import { parseWatchAddress } from '../upstream/parse-watch-address.ts';

/** Of the links that the desktop hands to the app. */
export const linkScheme = 'pulsewire';

/** What in a link keeps it from being followed. */
export const linkRefusals = ['form', 'action', 'page', 'address', 'code'] as const;
export type LinkRefusal = (typeof linkRefusals)[number];

/** What a link asks for. */
export type AppLink =
  | { readonly kind: 'open'; readonly page: PageName }
  /** To be filled in where hosts are watched from; `host` is an origin, `code` as it is shown, or null. */
  | { readonly kind: 'pair'; readonly host: string; readonly code: string | null }
  | { readonly kind: 'refused'; readonly why: LinkRefusal };

/** Longer than any that means something: a host's name has at most 253 characters. */
const longestLink = 400;
/** Printable ASCII without spaces. What is written otherwise in a link comes percent-encoded. */
const form = /^pulsewire:\/\/[\x21-\x7e]+$/i;
const pairParameters: ReadonlySet<string> = new Set(['host', 'code']);

/** Whether an argument is meant as a link, however broken. */
export function isAppLink(argument: string): boolean {
  return /^pulsewire:/i.test(argument);
}

/**
 * `pulsewire://open/<page>` or `pulsewire://pair?host=…&code=…`, and nothing else. Anybody can write a link, and any page on
 * the web can have it opened: what is not exactly one of the two is refused, and neither does more than show something.
 */
export function parseAppLink(link: string): AppLink {
  if (link.length > longestLink || !form.test(link) || !URL.canParse(link)) return refuse('form');
  const url = new URL(link);
  if (url.username || url.password || url.port || url.hash) return refuse('form');
  if (url.hostname === 'open') return parseOpen(url);
  if (url.hostname === 'pair') return parsePair(url);
  return refuse('action');
}

function parseOpen({ pathname, search }: URL): AppLink {
  const page = pathname.replace(/^\/|\/$/g, '');
  if (search) return refuse('form');
  return isPageName(page) ? { kind: 'open', page } : refuse('page');
}

function parsePair({ pathname, searchParams }: URL): AppLink {
  const names = [...searchParams.keys()];
  const isKnown = names.every((name) => pairParameters.has(name)) && new Set(names).size === names.length;
  if (!isKnown || !['', '/'].includes(pathname)) return refuse('form');
  const host = parseOrigin(searchParams.get('host') ?? '');
  if (host === null) return refuse('address');
  const written = searchParams.get('code');
  if (written === null) return { kind: 'pair', host, code: null };
  const code = formatPairingCode(written);
  // As it is shown, with or without its dash: what `formatPairingCode` leaves out must not be there.
  if (!isWholeCode(code) || written.toUpperCase().replace('-', '') !== code.replace('-', '')) {
    return refuse('code');
  }
  return { kind: 'pair', host, code };
}

/** In the one form that an address has, so that what is shown is what is gone to. Null where it is none. */
function parseOrigin(typed: string): string | null {
  try {
    return parseWatchAddress(typed).origin;
  } catch {
    return null;
  }
}

function refuse(why: LinkRefusal): AppLink {
  return { kind: 'refused', why };
}
