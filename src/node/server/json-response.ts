import type { ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Sent with every answer: nothing is sniffed, framed, shared with other sites or told to them. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()',
};

/** What answers that are no pages may do: nothing. */
const emptyPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** An answer that is JSON. Errors are `{code, message}`. */
export interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that is text for programs, of the media type `type`. */
export interface TextAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** An error answer. `code` is for programs, `message` for people. */
export function createErrorAnswer(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): JsonAnswer {
  return { status, body: { code, message }, headers };
}

/** Sends an answer, without its body where the request was HEAD. */
export function sendJson(response: ServerResponse, answer: JsonAnswer, withBody = true): void {
  const { headers, text } = encode(answer);
  response.writeHead(answer.status, headers);
  response.end(withBody ? text : undefined);
}

/** Sends an answer of either kind, without its body where the request was HEAD. */
export function sendAnswer(response: ServerResponse, answer: JsonAnswer | TextAnswer, withBody = true): void {
  if (!('text' in answer)) return sendJson(response, answer, withBody);
  response.writeHead(answer.status, createHeaders(answer.type, answer.text));
  response.end(withBody ? answer.text : undefined);
}

/** Sends an answer on a socket that has no response object, as upgrades and broken requests have none, and ends it. */
export function sendJsonRaw(socket: Duplex, answer: JsonAnswer): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { headers, text } = encode(answer);
  const lines = Object.entries({ ...headers, Connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const status = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? 'Error'}`;
  socket.once('finish', () => socket.destroy());
  socket.end([status, ...lines, '', text].join('\r\n'));
}

function encode({ body, headers }: JsonAnswer): { headers: Record<string, string>; text: string } {
  const text = JSON.stringify(body);
  return { text, headers: createHeaders('application/json; charset=utf-8', text, headers) };
}

function createHeaders(
  type: string,
  text: string,
  headers: JsonAnswer['headers'] = {},
): Record<string, string> {
  return {
    ...securityHeaders,
    'Content-Security-Policy': emptyPolicy,
    'Cache-Control': 'no-store',
    ...headers,
    'Content-Type': type,
    'Content-Length': String(Buffer.byteLength(text)),
  };
}
