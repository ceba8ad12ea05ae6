import { parseHostAddress, type HostAddress } from '../../client/host-address.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { defaultPort } from '../../shared/protocol/index.ts';

/**
 * The address of a host to watch, as somebody typed it: without a scheme it is meant with encryption, and without a port
 * too the usual one. Only this machine itself is reached without encryption. Throws MonitorError `invalidArgument`.
 */
export function parseWatchAddress(typed: string): HostAddress {
  const text = typed.trim();
  const address = parseHostAddress(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : complete(text));
  if (address.isEncrypted || isLoopback(address.origin)) return address;
  throw new MonitorError(
    'invalidArgument',
    'Another machine is watched with encryption only: the address must begin with https://.',
  );
}

function complete(text: string): string {
  const bare = text.replace(/\/$/, '');
  const whole = /:\d+$/.test(bare) ? bare : `${bare}:${defaultPort}`;
  return isLoopback(`http://${whole}`) ? `http://${whole}` : `https://${whole}`;
}

function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
