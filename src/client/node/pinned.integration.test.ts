import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, pair } from './node-entry.ts';
import { parseFingerprint } from './certificate-pin.ts';
import { otherIdentity, ownIdentity, type TestIdentity } from './testing/identities.ts';

const token = 'token-that-must-not-leak';
const fingerprint = new X509Certificate(ownIdentity.cert).fingerprint256;

describe('a pinned certificate', () => {
  let server: Server;
  let received: string;
  let sockets: Set<TLSSocket>;
  let url: string;
  /** Answers every request with `answer` and keeps what it was sent. */
  const listen = async (identity: TestIdentity, answer: string): Promise<void> => {
    received = '';
    sockets = new Set();
    server = createServer(identity, (socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        received += chunk.toString('latin1');
        if (received.includes('\r\n\r\n')) socket.end(answer);
      });
    });
    server.on('tlsClientError', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  beforeEach(() => {
    sockets = new Set();
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  const refusal = (status: string): string =>
    `HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;

  it('lets not one byte of the token out to who shows another, and stops for good', async () => {
    await listen(otherIdentity, refusal('401 Unauthorized'));
    const gone = once(server, 'connection').then(([socket]) => once(socket as Socket, 'close'));
    await using client = connect({ url, token, certificateFingerprint: fingerprint });
    await expect(client.ready()).rejects.toMatchObject({ code: 'forbidden' });
    await gone;
    expect(received).toBe('');
    expect(client.state).toMatchObject({ phase: 'closed', pairingNeeded: false });
  });

  it('sends the token to who shows the very one, whoever vouches for it, and tells a wrong token', async () => {
    await listen(ownIdentity, refusal('401 Unauthorized'));
    await using client = connect({ url, token, certificateFingerprint: fingerprint.toLowerCase() });
    await expect(client.ready()).rejects.toMatchObject({ code: 'unauthorized' });
    expect(received).toMatch(/^GET \/v1\/stream HTTP\/1\.1\r\n/);
    expect(received.toLowerCase()).toContain(`authorization: bearer ${token}`);
    expect(client.state).toMatchObject({ phase: 'closed', pairingNeeded: true });
  });

  it('sends nothing to an unknown certificate without a pin either', async () => {
    await listen(ownIdentity, refusal('401 Unauthorized'));
    const tried = new Promise<void>((resolve) => {
      const client = connect({
        url,
        token,
        onState: ({ phase }) => {
          if (phase !== 'backoff') return;
          void client.close().then(resolve);
        },
      });
    });
    await tried;
    expect(received).toBe('');
  });

  it('refuses to go on without encryption', async () => {
    await listen(ownIdentity, '');
    await using client = connect({
      url: url.replace('https', 'http'),
      token,
      certificateFingerprint: fingerprint,
    });
    await expect(client.ready()).rejects.toMatchObject({ code: 'forbidden' });
    expect(received).toBe('');
  });

  it('guards the pairing code as well', async () => {
    const body = JSON.stringify({ token: 'new', scope: 'view', expiresAt: '2030-01-01T00:00:00Z' });
    const answer = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
    await listen(otherIdentity, answer);
    const wanted = { url, code: 'BCDF-GHJK', name: 'tv', key: '123456', certificateFingerprint: fingerprint };
    const refused = await pair(wanted);
    expect(refused).toMatchObject({
      status: 'failed',
      message: expect.stringMatching(/another certificate/),
    });
    expect(received).toBe('');
    server.close();
    await listen(ownIdentity, answer);
    expect(await pair({ ...wanted, url })).toEqual({ status: 'paired', ...JSON.parse(body) });
    expect(received).toMatch(/^POST \/v1\/pair HTTP\/1\.1\r\n/);
  });

  it('is read as people copy it, and nothing else is taken for one', () => {
    expect(parseFingerprint(fingerprint)).toBe(
      parseFingerprint(fingerprint.replaceAll(':', ' ').toLowerCase()),
    );
    expect(parseFingerprint(undefined)).toBeNull();
    for (const text of ['', 'ab', `${fingerprint}:00`, fingerprint.replace(/^../, 'zz')])
      expect(() => parseFingerprint(text), text).toThrow(/64 hexadecimal/);
  });
});
