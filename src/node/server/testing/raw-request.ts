import { connect, type Socket } from 'node:net';

/**
 * Sends bytes as they are, from some address of loopback, and resolves with all that came back when the other side is
 * done or `isEnough`.
 */
export function sendRaw(
  port: number,
  bytes: string,
  isEnough: (text: string) => boolean = () => false,
  from = '127.0.0.1',
): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket: Socket = connect({ port, host: '127.0.0.1', localAddress: from }, () =>
      socket.write(bytes),
    );
    const done = (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (isEnough(text)) done();
    });
    socket.on('close', done);
    socket.on('error', done);
  });
}

/** The status of a raw answer. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}

/** A request to upgrade, with the headers given and those that a WebSocket needs. */
export function upgradeRequest(lines: readonly string[], path = '/v1/stream'): string {
  return [
    `GET ${path} HTTP/1.1`,
    ...lines,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    '',
    '',
  ].join('\r\n');
}
