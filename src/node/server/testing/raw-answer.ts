/** An HTTP answer that came as bytes. */
export interface RawAnswer {
  readonly status: number;
  /** By name in small letters. Throws away none: of a header that came twice both values are there. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

/** The first answer in some bytes, interim ones (1xx) left out; null where there is none. */
export function parseAnswer(text: string): RawAnswer | null {
  const rest = text.replace(/^(HTTP\/1\.1 100 [^\r]*\r\n\r\n)+/, '');
  const end = rest.indexOf('\r\n\r\n');
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(rest)?.[1];
  if (end < 0 || status === undefined) return null;
  const headers = new Map<string, string[]>();
  for (const line of rest.slice(0, end).split('\r\n').slice(1)) {
    const at = line.indexOf(':');
    const name = line.slice(0, at).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(at + 1).trim()]);
  }
  return { status: Number(status), headers, body: rest.slice(end + 4) };
}

/** What every answer carries, whatever it answers. */
const expectedHeaders: Readonly<Record<string, string | RegExp>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': /camera=\(\)/,
  'content-security-policy': /^default-src 'none'; .*frame-ancestors 'none'$/,
  'cache-control': /^(no-store|no-cache|public, max-age=31536000, immutable)$/,
};

/** What no answer carries: who made the server, and leave for other sites. */
const forbiddenHeaders = [
  'server',
  'x-powered-by',
  'set-cookie',
  'access-control-allow-origin',
  'access-control-allow-credentials',
] as const;

/** What of an answer's headers is not as it must be; empty where all is. */
export function findHeaderFaults({ headers }: RawAnswer): readonly string[] {
  const faults: string[] = [];
  for (const [name, wanted] of Object.entries(expectedHeaders)) {
    const values = headers.get(name) ?? [];
    const [value = ''] = values;
    const isRight = typeof wanted === 'string' ? value === wanted : wanted.test(value);
    if (values.length !== 1 || !isRight) faults.push(`${name}: ${values.join(' | ') || 'none'}`);
  }
  if (/unsafe/.test(headers.get('content-security-policy')?.[0] ?? '')) faults.push('an unsafe policy');
  for (const name of forbiddenHeaders) if (headers.has(name)) faults.push(`${name} is there`);
  return faults;
}
