import { MonitorError } from '../shared/lifecycle/monitor-error.ts';

/** Where a host is. */
export interface HostAddress {
  /** For HTTP, without a slash at the end. */
  readonly origin: string;
  /** Of its stream. */
  readonly streamUrl: string;
  readonly isEncrypted: boolean;
}

/**
 * A host's address as people write it: `http://127.0.0.1:9740`, `https://box.local:9740/`, or with ws and wss. Throws
 * MonitorError `invalidArgument` for anything else: a path, a query or a user name in it would be ignored, and a token
 * must never stand in a URL.
 */
export function parseHostAddress(url: string): HostAddress {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch (cause) {
    throw new MonitorError('invalidArgument', `"${url}" is no address like https://box.local:9740.`, {
      cause,
    });
  }
  const scheme = parsed.protocol.replace(/^ws/, 'http');
  if (scheme !== 'http:' && scheme !== 'https:') {
    throw new MonitorError(
      'invalidArgument',
      'The address must begin with http://, https://, ws:// or wss://.',
    );
  }
  if (parsed.username || parsed.password || parsed.search || parsed.hash) {
    throw new MonitorError('invalidArgument', 'The address takes no user name, query or fragment.');
  }
  if (parsed.pathname !== '/' && parsed.pathname !== '/v1/stream') {
    throw new MonitorError('invalidArgument', 'The address takes no path.');
  }
  const isEncrypted = scheme === 'https:';
  return {
    origin: `${scheme}//${parsed.host}`,
    streamUrl: `${isEncrypted ? 'wss:' : 'ws:'}//${parsed.host}/v1/stream`,
    isEncrypted,
  };
}
