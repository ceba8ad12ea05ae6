import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { otherIdentity, ownIdentity, type TestIdentity } from '../../client/node/testing/identities.ts';
import { startTestServer } from '../../node/server/testing/test-server.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { KnownHosts } from './known-hosts.ts';
import { letIn, type LetIn } from './let-in.ts';
import type { WatchHost } from '../../shared/protocol/ipc-channels.ts';

const fingerprintOf = ({ cert }: TestIdentity): string =>
  new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase();
const paired = JSON.stringify({ token: 'new token', scope: 'view', expiresAt: '2030-01-01T00:00:00Z' });
const code = 'BCDF-GHJK';

/** A host that takes every code, and keeps what it was sent. */
class LetInHost {
  received = '';
  readonly #server: Server;
  readonly #sockets = new Set<TLSSocket>();

  constructor(identity: TestIdentity, answers = true) {
    this.#server = createServer(identity, (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        this.received += chunk.toString('latin1');
        if (!answers) return;
        socket.end(
          `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${paired.length}\r\nConnection: close\r\n\r\n${paired}`,
        );
      });
    });
    this.#server.on('tlsClientError', () => undefined);
  }

  async listen(port = 0): Promise<number> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async firstRequest(): Promise<void> {
    while (this.received === '') await systemClock.sleep(5);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

describe('being let in by another host', () => {
  let folder: string;
  let hosts: KnownHosts;
  const open: LetInHost[] = [];
  const start = async (identity: TestIdentity, port = 0, answers = true) => {
    const host = new LetInHost(identity, answers);
    const taken = await host.listen(port);
    open.push(host);
    return { host, port: taken, url: `https://127.0.0.1:${taken}` };
  };
  const ask = (wanted: WatchHost, signal = new AbortController().signal): Promise<LetIn> =>
    letIn({ clock: systemClock, hosts, name: 'desk' }, wanted, signal);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pulsewire-let-in-'));
    const seal = { seal: () => null, unseal: (text: string) => text };
    hosts = new KnownHosts({ folder, seal, log: () => undefined });
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((host) => host.close()));
    await rm(folder, { recursive: true });
  });

  it('takes a code once, pins the certificate, and takes none from then on', async () => {
    const { host, url } = await start(ownIdentity);
    expect(await ask({ url })).toEqual({ status: 'codeNeeded' });
    expect(host.received).toBe('');
    const first = await ask({ url, code, key: '048213' });
    const fingerprint = fingerprintOf(ownIdentity);
    expect(first).toMatchObject({ status: 'known', host: { url, token: 'new token', fingerprint } });
    expect(host.received).toContain(JSON.stringify({ code, name: 'desk', key: '048213' }));
    expect(await ask({ url })).toEqual(first);
  });

  it('gives neither code nor anything else to who shows another certificate later, and pins nothing anew', async () => {
    const { host, port, url } = await start(ownIdentity);
    const first = await ask({ url, code });
    await host.close();
    open.splice(0);
    const { host: other } = await start(otherIdentity, port);
    const [pinned, shown] = [fingerprintOf(ownIdentity), fingerprintOf(otherIdentity)];
    const refused = { status: 'otherCertificate', pinned, shown };
    expect(await ask({ url, code })).toEqual(refused);
    // Accepted was another than the one that is there.
    expect(await ask({ url, code, acceptedFingerprint: pinned })).toEqual(refused);
    expect(other.received).toBe('');
    expect(await ask({ url })).toEqual(first);
    // What its user has compared takes the place of the old one, and the host stays the same.
    const { id } = (first as { host: { id: string } }).host;
    const again = await ask({ url, code, acceptedFingerprint: shown });
    expect(again).toMatchObject({ status: 'known', host: { id, fingerprint: shown } });
    expect(await hosts.list()).toHaveLength(1);
  });

  it('knows a host that has moved by its certificate', async () => {
    const { host, url } = await start(ownIdentity);
    const first = await ask({ url, code });
    await host.close();
    open.splice(0);
    const moved = await start(ownIdentity);
    expect(moved.url).not.toBe(url);
    const found = await ask({ url: moved.url });
    expect(found).toEqual({ ...first, host: { ...(first as { host: object }).host, url: moved.url } });
    expect(moved.host.received).toBe('');
    expect(await hosts.list()).toHaveLength(1);
  });

  it('ends with its signal while the host asks its user', async () => {
    const { host, url } = await start(ownIdentity, 0, false);
    const given = new AbortController();
    const asking = ask({ url, code }, given.signal);
    await host.firstRequest();
    given.abort();
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
    expect(await hosts.list()).toEqual([]);
  });

  it('pairs with a real host on this machine without encryption, and says what the host says of a wrong code', async () => {
    await using server = await startTestServer();
    const wrong = await ask({ url: server.url, code });
    expect(wrong).toMatchObject({ status: 'failed', message: expect.stringMatching(/code/) });
    expect(await hosts.list()).toEqual([]);
    const { code: right } = server.host.pairing.open();
    const let_in = await ask({ url: server.url, code: right });
    expect(let_in).toMatchObject({ status: 'known', host: { url: server.url, fingerprint: null } });
    expect((await server.host.tokens.list()).map(({ name, scope }) => [name, scope])).toEqual([
      ['desk', 'view'],
    ]);
  });

  it('says that nobody answers', async () => {
    const { host, url } = await start(ownIdentity);
    await host.close();
    open.splice(0);
    await expect(ask({ url })).rejects.toMatchObject({ code: 'unavailable' });
  });
});
