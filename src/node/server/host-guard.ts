/** What of a request's head decides whether it is for us and from us. Every occurrence of a header counts. */
export interface RequestOrigin {
  readonly hosts: readonly string[];
  readonly origins: readonly string[];
}

/** `host`: the request's Host as it may be repeated, in a header for one. */
export type GuardVerdict =
  | { readonly allowed: true; readonly host: string }
  | { readonly allowed: false; readonly status: 400 | 403; readonly message: string };

export interface HostGuardOptions {
  readonly port: number;
  /** The machine's own addresses, without brackets: asked for whenever a name is not known, since they change. */
  readonly addresses: () => readonly string[];
  /** The machine's own name. */
  readonly hostName: string;
  /** Names by which a reverse proxy answers for this host, on whichever port that does. */
  readonly allowedHosts?: readonly string[] | undefined;
}

/** A name, an IPv4 address or a bracketed IPv6 address, and a port perhaps. Source: RFC 9110 section 7.2. */
const hostPattern = /^([a-z0-9](?:[a-z0-9._-]{0,252})|\[[0-9a-f:.]{2,45}\])(?::([0-9]{1,5}))?$/i;
const originPattern = /^(https?):\/\/([^/?#@\s]+)$/i;

/** A name or an address that a Host header may give, without a port; null where it is none. */
export function parseHostName(text: string): string | null {
  const [, name, port] = hostPattern.exec(text) ?? [];
  return name === undefined || port !== undefined ? null : name.toLowerCase();
}

/**
 * Refuses requests that a foreign page has caused. Host must name this machine, so that a name which somebody
 * has pointed at it (DNS rebinding) is refused; Origin, which browsers add and programs do not, must be one of
 * our own pages. Both before anything else is looked at.
 */
export class HostGuard {
  readonly #port: string;
  readonly #fixed: ReadonlySet<string>;
  readonly #addresses: () => readonly string[];
  readonly #allowed: ReadonlySet<string>;

  constructor({ port, addresses, hostName, allowedHosts = [] }: HostGuardOptions) {
    this.#port = String(port);
    this.#allowed = new Set(allowedHosts.map((name) => name.toLowerCase()));
    const own = hostName.toLowerCase();
    this.#fixed = new Set(['localhost', '127.0.0.1', '[::1]', ...(own ? [own, `${own}.local`] : [])]);
    this.#addresses = addresses;
  }

  /** `encrypted`: the request came over TLS, as our own pages' do where theirs did. */
  judge({ hosts, origins }: RequestOrigin, encrypted = false): GuardVerdict {
    const [host = ''] = hosts;
    if (hosts.length !== 1 || !hostPattern.test(host)) {
      return { allowed: false, status: 400, message: 'The request needs exactly one valid Host header.' };
    }
    if (!this.#isOwn(host, true)) {
      return { allowed: false, status: 403, message: 'The Host header does not name this machine.' };
    }
    if (origins.length === 0) return { allowed: true, host };
    if (!this.#isOwnPage(origins, encrypted)) {
      return { allowed: false, status: 403, message: 'The request comes from a page that is not ours.' };
    }
    return { allowed: true, host };
  }

  #isOwnPage(origins: readonly string[], encrypted: boolean): boolean {
    const match = origins.length === 1 ? originPattern.exec(origins[0]!) : null;
    if (!match || (match[1]!.toLowerCase() === 'https') !== encrypted) return false;
    return this.#isOwn(match[2]!, this.#port === (encrypted ? '443' : '80'));
  }

  #isOwn(authority: string, mayOmitPort: boolean): boolean {
    const match = hostPattern.exec(authority);
    if (!match) return false;
    const [, name, port] = match;
    if (this.#allowed.has(name!.toLowerCase())) return true;
    if (port === undefined ? !mayOmitPort : port !== this.#port) return false;
    return this.#isOwnName(name!.toLowerCase());
  }

  #isOwnName(name: string): boolean {
    if (this.#fixed.has(name)) return true;
    const bare = name.startsWith('[') ? name.slice(1, -1) : name;
    return this.#addresses().some((address) => address.toLowerCase() === bare);
  }
}

/** Reads every Host and Origin from the flat list that Node keeps, where no duplicate is lost. */
export function parseRequestOrigin(rawHeaders: readonly string[]): RequestOrigin {
  const hosts: string[] = [];
  const origins: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!.toLowerCase();
    if (name === 'host') hosts.push(rawHeaders[index + 1]!);
    else if (name === 'origin') origins.push(rawHeaders[index + 1]!);
  }
  return { hosts, origins };
}
