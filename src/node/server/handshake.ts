import type { IncomingMessage } from 'node:http';
import { createErrorAnswer, type JsonAnswer } from './json-response.ts';

/** 16 bytes in base64, as one header. Source: RFC 6455 section 4.2.1. */
const keyPattern = /^[A-Za-z0-9+/]{21}[AQgw]==$/;

/**
 * Whether a request to upgrade is a WebSocket handshake as RFC 6455 section 4.2.1 wants it; null, or why not. `ws` asks
 * for less: it takes drafts of the protocol, and what it refuses it refuses in text without our headers.
 */
export function judgeHandshake(request: IncomingMessage): JsonAnswer | null {
  if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
    return createErrorAnswer(426, 'unsupported', 'Only WebSocket is spoken here.', { Upgrade: 'websocket' });
  }
  if (request.method !== 'GET') {
    return createErrorAnswer(405, 'unsupported', 'A WebSocket begins with GET.', { Allow: 'GET' });
  }
  if (request.httpVersion !== '1.1') {
    return createErrorAnswer(400, 'unsupported', 'A WebSocket begins with HTTP/1.1.');
  }
  if (request.headers['sec-websocket-version'] !== '13') {
    return createErrorAnswer(426, 'unsupported', 'Version 13 of WebSocket is spoken here.', {
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
    });
  }
  if (!keyPattern.test(request.headers['sec-websocket-key'] ?? '')) {
    return createErrorAnswer(
      400,
      'invalidMessage',
      'Sec-WebSocket-Key must be there once, with 16 bytes in base64.',
    );
  }
  if (request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined) {
    return createErrorAnswer(400, 'invalidMessage', 'A WebSocket begins without a body.');
  }
  return null;
}
