import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TokenScope } from '../../shared/protocol/index.ts';
import { createErrorAnswer, securityHeaders, sendJson, type JsonAnswer } from './json-response.ts';
import type { Caller } from './callers.ts';

/**
 * How a connection is served. `whole`: as its token allows. `viewOnly`: likewise, but no more than `view`, because
 * others on the way can read the token. `refused`: with the way to TLS and nothing else.
 */
export type Admission = 'whole' | 'viewOnly' | 'refused';

/**
 * Decides by the way that a request has taken. What does not leave this machine needs no TLS. Behind a proxy both parts of the
 * way count: where the caller speaks plain HTTP to it others can read along, however the proxy goes on.
 */
export function deriveAdmission(
  { hop, isProxied, encrypted }: Pick<Caller, 'hop' | 'isProxied' | 'encrypted'>,
  plainHttp: boolean,
): Admission {
  if (!hop.isLocal && !hop.encrypted) return plainHttp ? 'viewOnly' : 'refused';
  return isProxied && !encrypted ? 'viewOnly' : 'whole';
}

/** The most that a client is granted on such a connection. */
export function mostScopeOf(admission: Admission): TokenScope {
  return admission === 'whole' ? 'admin' : 'view';
}

/**
 * Answers a plain request from the LAN: whoever opens the page is sent to TLS, on the same host and port, and programs
 * are told. `host` is the request's own, judged before.
 */
export function refusePlainHttp(
  request: IncomingMessage,
  response: ServerResponse,
  host: string,
  port: number,
): void {
  const [path] = (request.url ?? '').split('?', 1);
  const isGet = request.method === 'GET' || request.method === 'HEAD';
  const target = `https://${host.replace(/:\d+$/, '')}:${port}/`;
  if (!isGet || path !== '/') {
    sendJson(response, createPlainRefusal(), request.method !== 'HEAD');
    return;
  }
  // Never remembered: plain HTTP may be chosen tomorrow, or another host may stand at this address.
  response.writeHead(308, {
    ...securityHeaders,
    Location: target,
    'Cache-Control': 'no-store',
    'Content-Length': 0,
    Connection: 'close',
  });
  response.end();
}

/** The same for programs. */
export function createPlainRefusal(): JsonAnswer {
  const message = 'On the network this host speaks HTTPS and WSS only, on the same port.';
  return createErrorAnswer(403, 'forbidden', message, { Connection: 'close' });
}
