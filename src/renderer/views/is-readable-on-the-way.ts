/** Names and addresses of the machine itself: RFC 6761 section 6.3, RFC 1122 section 3.2.1.3. */
const loopback = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a page comes over the network without TLS, so that whoever is in between can read it. */
export function isReadableOnTheWay({ protocol, hostname }: Pick<Location, 'protocol' | 'hostname'>): boolean {
  return protocol === 'http:' && !loopback.test(hostname);
}
