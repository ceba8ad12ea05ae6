import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { Limits } from '../../shared/protocol/index.ts';
import { createErrorAnswer, sendJson, sendJsonRaw } from './json-response.ts';
import type { Log } from './log.ts';

/** What an HTTP server is given to do. */
export interface HttpHandlers {
  request(request: IncomingMessage, response: ServerResponse): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** How many ports after a taken one are tried. */
const portsToTry = 20;
const maxHeaderBytes = 16 * 1024;
/** Room for connections beside the clients': pages that are being loaded, and strangers who send nothing. */
const spareConnections = 512;

/** How many connections there may be at once, of all kinds together. */
export function deriveMaxConnections(limits: Limits): number {
  return limits.maxClients + limits.maxUnauthenticated + spareConnections;
}

/**
 * A Node HTTP server with the limits set: slow heads are cut off in time, and nothing is buffered without bound. It
 * listens nowhere, but is handed connections (`emit('connection')`), as Node's own HTTPS server hands them to itself.
 */
export function createHttpServer(limits: Limits): Server {
  const server = createServer({
    headersTimeout: limits.headerDeadlineMs,
    requestTimeout: 2 * limits.headerDeadlineMs,
    connectionsCheckingInterval: 500,
    keepAliveTimeout: 5_000,
    maxHeaderSize: maxHeaderBytes,
    requireHostHeader: false,
    noDelay: true,
  });
  // Who asks before sending a body is told to go on only where it is one that would be read.
  server.on('checkContinue', (request, response) => {
    if (Number(request.headers['content-length'] ?? 0) <= limits.maxInboundBytes) response.writeContinue();
    server.emit('request', request, response);
  });
  server.on('checkExpectation', (_, response) =>
    sendJson(response, createErrorAnswer(417, 'unsupported', 'Only "100-continue" can be expected here.')),
  );
  // Node looks for overdue heads from when a server listens, which this one never does.
  server.emit('listening');
  return server;
}

/**
 * Listens on the wanted port; where it is taken, on the next free one, unless `exact`. Throws MonitorError
 * `unavailable` with a sentence for people.
 */
export async function listen(server: NetServer, port: number, host: string, exact: boolean): Promise<number> {
  const last = exact || port === 0 ? port : Math.min(port + portsToTry, 65_535);
  for (let candidate = port; ; candidate++) {
    try {
      return await listenOnce(server, candidate, host);
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE' && candidate < last) continue;
      throw new MonitorError('unavailable', describeListenFailure(code, port, last, host, thrown), {
        cause: thrown,
      });
    }
  }
}

/** Connects a server with what answers it. What throws is answered with 500 and logged; nothing of it is told. */
export function attachHandlers(server: Server, handlers: HttpHandlers, log: Log): void {
  server.on('request', (request, response) => {
    handlers.request(request, response).catch((thrown: unknown) => {
      log('error', `${request.method} ${describePath(request)} failed: ${MonitorError.from(thrown).message}`);
      if (response.headersSent) response.destroy();
      else sendJson(response, createErrorAnswer(500, 'internal', 'The host failed; its log says how.'));
    });
  });
  server.on('upgrade', (request, socket, head) => handlers.upgrade(request, socket, head));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT')
      sendJsonRaw(socket, createErrorAnswer(408, 'timeout', 'The request took too long.'));
    else if (error.code === 'HPE_HEADER_OVERFLOW')
      sendJsonRaw(socket, createErrorAnswer(431, 'limitExceeded', 'The request’s headers are too big.'));
    else sendJsonRaw(socket, createErrorAnswer(400, 'invalidMessage', 'This is not an HTTP request.'));
  });
}

function describePath(request: IncomingMessage): string {
  return JSON.stringify((request.url ?? '').split('?', 1)[0]!.slice(0, 100));
}

function listenOnce(server: NetServer, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => {
      server.off('listening', onListening);
      reject(error);
    };
    const onListening = (): void => {
      server.off('error', onError);
      resolve((server.address() as AddressInfo).port);
    };
    server.once('error', onError);
    server.once('listening', onListening);
    server.listen({ port, host, exclusive: true });
  });
}

function describeListenFailure(
  code: string | undefined,
  port: number,
  last: number,
  host: string,
  thrown: unknown,
): string {
  switch (code) {
    case 'EADDRINUSE':
      return last > port
        ? `Ports ${port} to ${last} on ${host} are all taken; choose another with --port.`
        : `Port ${port} on ${host} is taken; choose another with --port, or leave it out.`;
    case 'EACCES':
      return `Port ${port} on ${host} needs more rights; choose one over 1023 with --port.`;
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
      return `This machine has no address ${host}; choose another with --bind.`;
    default:
      return `Port ${port} on ${host} cannot be listened on: ${MonitorError.from(thrown).message}`;
  }
}
