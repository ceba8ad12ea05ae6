import { connect, type Socket } from 'node:net';

/**
 * A viewer cheap enough to be run by the thousand: it speaks just the bytes of the WebSocket protocol (RFC 6455)
 * that a client needs and counts frames without parsing what they carry.
 */
export interface RawViewerOptions {
  readonly port: number;
  readonly token: string;
  readonly topics: readonly string[];
  readonly intervalMs: number;
  /** How many subscriptions, all alike but for their ids. Default 1. */
  readonly subscriptions?: number;
  /** Local address to connect from; any of 127.0.0.0/8. */
  readonly localAddress?: string;
  /** Hears of each data frame: its first bytes and the time of arrival. */
  readonly onFrame: (head: string, atMs: number) => void;
  readonly onClosed?: () => void;
}

/** What every viewer of this process reads into: a buffer for each read would be their cost, and counted as the host's delay. */
const readInto = Buffer.allocUnsafe(64 * 1_024);

const text = 0x81;
const ping = 0x89;
const pong = 0x8a;
const hello = (token: string): string =>
  JSON.stringify({ type: 'hello', protocol: 1, token, client: { name: 'bench', version: '1' } });

/** Encodes one masked text frame of a client. The mask is zero: it protects nothing on a loopback. */
function encodeClientFrame(payload: string): Buffer {
  const body = Buffer.from(payload);
  const length =
    body.length < 126
      ? Buffer.from([text, 0x80 | body.length])
      : Buffer.from([text, 0x80 | 126, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([length, Buffer.alloc(4), body]);
}

/** Opens a viewer. What it returns is its socket, to be ended in whatever way the bench is about. */
export function openRawViewer(options: RawViewerOptions): Socket {
  const socket = connect({
    host: '127.0.0.1',
    port: options.port,
    ...(options.localAddress && { localAddress: options.localAddress }),
    onread: {
      buffer: readInto,
      callback: (bytes) => {
        take(readInto.subarray(0, bytes));
        return true;
      },
    },
  });
  socket.setNoDelay(true);
  let upgraded = false;
  /** The start of what is not whole yet; a copy. */
  let rest: Buffer = Buffer.alloc(0);
  socket.on('connect', () => {
    socket.write(
      'GET /v1/stream HTTP/1.1\r\n' +
        `Host: 127.0.0.1:${options.port}\r\n` +
        'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n' +
        'Sec-WebSocket-Protocol: pulsewire.v1.json\r\n' +
        `Authorization: Bearer ${options.token}\r\n\r\n`,
    );
  });
  const take = (chunk: Buffer): void => {
    let bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    if (!upgraded) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) {
        rest = Buffer.from(bytes);
        return;
      }
      if (!bytes.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'))) {
        socket.destroy(new Error(bytes.subarray(0, 40).toString()));
        return;
      }
      upgraded = true;
      bytes = bytes.subarray(end + 4);
      const { topics, intervalMs } = options;
      const subscribes = Array.from({ length: options.subscriptions ?? 1 }, (_, index) =>
        encodeClientFrame(
          JSON.stringify({
            type: 'subscribe',
            id: index === 0 ? 'main' : `more${index}`,
            topics,
            intervalMs,
          }),
        ),
      );
      socket.write(Buffer.concat([encodeClientFrame(hello(options.token)), ...subscribes]));
    }
    rest = readFrames(bytes, options.onFrame, socket);
  };
  socket.on('error', () => undefined);
  socket.on('close', () => options.onClosed?.());
  return socket;
}

/** Takes whole frames off the front, and answers pings as every client must; returns a copy of what is left of an unfinished one. */
function readFrames(buffer: Buffer, onFrame: RawViewerOptions['onFrame'], socket: Socket): Buffer {
  let at = 0;
  for (;;) {
    if (buffer.length - at < 2) break;
    const short = buffer[at + 1]! & 0x7f;
    const header = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (buffer.length - at < header) break;
    const length =
      short < 126
        ? short
        : short === 126
          ? buffer.readUInt16BE(at + 2)
          : Number(buffer.readBigUInt64BE(at + 2));
    if (buffer.length - at < header + length) break;
    if (buffer[at] === text) {
      const start = at + header;
      onFrame(
        buffer.toString('latin1', start, start + Math.min(length, 96)),
        performance.timeOrigin + performance.now(),
      );
    } else if (buffer[at] === ping) {
      const payload = buffer.subarray(at + header, at + header + length);
      socket.write(Buffer.concat([Buffer.from([pong, 0x80 | length, 0, 0, 0, 0]), payload]));
    }
    at += header + length;
  }
  return Buffer.from(buffer.subarray(at));
}
