import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { hostActor } from '../audit/audit-entry.ts';
import { CertificateStore } from './certificate-store.ts';
import { certificateMs, renewBeforeMs } from './certificate.ts';
import type { Sharing } from './sharing.ts';
import { ask, fakeLan, lanAddress } from './testing/lan.ts';
import { SocketClient } from './testing/socket-client.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const insecure = { rejectUnauthorized: false };

/** Settles when a socket is gone, whichever way it goes. */
function closeOf(socket: Socket): Promise<void> {
  socket.on('error', () => undefined);
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

describe('sharing on the LAN', () => {
  let server: TestServer;
  let sharing: Sharing;
  /** The host as the LAN sees it. */
  let lan: string;
  beforeEach(async () => {
    server = await startTestServer({}, { network: fakeLan });
    sharing = server.host.server.sharing;
    lan = `${lanAddress}:${server.port}`;
  });
  afterEach(() => server[Symbol.asyncDispose]());

  const watch = async (base: string, token: string): Promise<SocketClient> => {
    const client = new SocketClient(server.port, { base, ...insecure });
    await client.opened;
    client.hello(token);
    await client.next('welcome');
    client.subscribe();
    await client.next('sample');
    return client;
  };

  it('is off at first: no address of the LAN is listened on, and no certificate is made', async () => {
    expect(sharing.status()).toMatchObject({ state: 'off', message: null, urls: [], fingerprint: null });
    await expect(ask(`https://${lan}/healthz`)).rejects.toThrow('ECONNREFUSED');
    await expect(stat(join(server.dataDir, 'tls'))).rejects.toThrow('ENOENT');
  });

  it('serves the LAN over TLS once it is turned on, and tells where and with which certificate', async () => {
    await sharing.set({ enabled: true });
    const status = sharing.status();
    expect(status).toMatchObject({ state: 'on', message: null, urls: [`https://${lan}`] });
    expect(sharing.pairUrl('BCDF-GHJK')).toBe(`https://${lan}/#pair=BCDF-GHJK`);
    const answer = await ask(`https://${lan}/healthz`);
    expect([answer.status, answer.text]).toEqual([200, '{"status":"ok"}']);
    expect(answer.fingerprint).toBe(status.fingerprint);
    expect(answer.headers['strict-transport-security']).toBeUndefined();
    const info = await ask(`https://${lan}/v1/info`, {
      headers: { authorization: `Bearer ${await server.token('view')}` },
    });
    expect(info.status).toBe(200);
  });

  it('speaks TLS 1.2 and later only', async () => {
    await sharing.set({ enabled: true });
    const options = { host: lanAddress, port: server.port, ...insecure };
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const socket = connectTls({ ...options, minVersion: version, maxVersion: version });
      await once(socket, 'secureConnect');
      expect(socket.getProtocol()).toBe(version);
      socket.destroy();
    }
    // The list of ciphers at level 0, so that it is not this side which refuses.
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const [error] = (await once(connectTls({ ...options, ...old }), 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
  });

  it('keeps viewers of this machine through on and off, and says bye to those of the LAN', async () => {
    const token = await server.token('view');
    const near = await watch(server.url.replace('http', 'ws'), token);
    await sharing.set({ enabled: true });
    const far = await watch(`wss://${lan}`, token);
    expect((await far.next('welcome')).transport).toEqual({ encrypted: true });
    expect((await near.next('welcome')).transport).toBeUndefined();
    await sharing.set({ enabled: false });
    const { code, reason } = await far.closed;
    expect([code, reason]).toEqual([1001, 'Sharing on the network was turned off.']);
    expect(await far.next('bye')).toMatchObject({ code: 'shutdown' });
    await expect(ask(`https://${lan}/healthz`)).rejects.toThrow('ECONNREFUSED');
    const before = near.heard.length;
    while (near.heard.length < before + 3) await once(near.socket, 'message');
    expect(near.heard.map(({ type }) => type)).not.toContain('bye');
    expect(sharing.status()).toMatchObject({ state: 'off', urls: [] });
    near.socket.terminate();
  });

  it('cuts connections of the LAN that are no viewers when it is turned off', async () => {
    await sharing.set({ enabled: true });
    const idle = connectTls({ host: lanAddress, port: server.port, ...insecure });
    await once(idle, 'secureConnect');
    const silent = connect(server.port, lanAddress);
    await once(silent, 'connect');
    const closed = Promise.all([closeOf(idle), closeOf(silent)]);
    await sharing.set({ enabled: false });
    await closed;
  });

  it('can be turned on and off many times, the last word counting', async () => {
    await Promise.all([true, false, true, false, true].map((enabled) => sharing.set({ enabled })));
    expect((await ask(`https://${lan}/healthz`)).status).toBe(200);
    expect((await ask(`${server.url}/healthz`)).status).toBe(200);
    await sharing.set({ enabled: true });
    expect(sharing.status().state).toBe('on');
  });

  it('speaks TLS on loopback too, beside plain HTTP', async () => {
    await sharing.set({ enabled: true });
    expect((await ask(`https://127.0.0.1:${server.port}/healthz`)).status).toBe(200);
    expect((await ask(`http://127.0.0.1:${server.port}/healthz`)).status).toBe(200);
  });

  it('answers plain HTTP on the LAN with the way to TLS, and with nothing else whatever is asked', async () => {
    await sharing.set({ enabled: true });
    const token = await server.token('admin');
    const page = await ask(`http://${lan}/`);
    expect([page.status, page.headers.location, page.text]).toEqual([308, `https://${lan}/`, '']);
    const headers = { authorization: `Bearer ${token}` };
    for (const path of ['/healthz', '/v1/info', '/metrics', '/v1/stream', '/docs', '/assets/x.js']) {
      const answer = await ask(`http://${lan}${path}`, { headers });
      expect([path, answer.status, (JSON.parse(answer.text) as { code: string }).code]).toEqual([
        path,
        403,
        'forbidden',
      ]);
    }
    const { code } = server.host.pairing.open();
    const pairing = await ask(`http://${lan}/v1/pair`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, name: 'x' }),
    });
    expect(pairing.status).toBe(403);
    expect(server.host.pairing.current()).toMatchObject({ attemptsLeft: 5 });
    const client = new SocketClient(server.port, { base: `ws://${lan}`, headers });
    expect(await client.opened).toBe(false);
    expect(client.refusedWith).toBe(403);
  });

  it('sends nobody to a foreign host: Host is judged before', async () => {
    await sharing.set({ enabled: true });
    const answer = await ask(`http://${lan}/`, { headers: { host: `evil.example:${server.port}` } });
    expect([answer.status, answer.headers.location]).toEqual([403, undefined]);
  });

  it('where plain HTTP is chosen lets viewers look and no more, and says that it is not encrypted', async () => {
    await sharing.set({ enabled: true, plainHttp: true });
    expect(sharing.status()).toMatchObject({ plainHttp: true, urls: [`https://${lan}`, `http://${lan}`] });
    const token = await server.token('admin');
    const plain = await watch(`ws://${lan}`, token);
    const welcome = await plain.next('welcome');
    expect(welcome.transport).toEqual({ encrypted: false });
    expect(welcome.capabilities.methods).toEqual(['history.read']);
    expect(welcome.capabilities.topics).not.toContain('access');
    const secure = await watch(`wss://${lan}`, token);
    expect((await secure.next('welcome')).capabilities.topics).toContain('access');
    const headers = { authorization: `Bearer ${token}` };
    const topicsAt = async (base: string): Promise<string[]> =>
      (JSON.parse((await ask(`${base}/v1/info`, { headers })).text) as { topics: string[] }).topics;
    expect(await topicsAt(`http://${lan}`)).not.toContain('access');
    expect(await topicsAt(`https://${lan}`)).toContain('access');

    await sharing.set({ plainHttp: false });
    expect((await plain.closed).reason).toBe('This host is shared over TLS only now.');
    expect((await ask(`http://${lan}/v1/info`, { headers })).status).toBe(403);
    expect(secure.socket.readyState).toBe(secure.socket.OPEN);
    secure.socket.terminate();
  });

  it('gives a device that is paired over plain HTTP no more than view, whatever the host’s user says', async () => {
    await using asking = await startTestServer({}, { network: fakeLan, confirmPairing: true });
    const { pairing } = asking.host;
    await asking.host.server.sharing.set({ enabled: true, plainHttp: true });
    const pair = async (base: string): Promise<unknown> => {
      const { code } = pairing.open();
      const answer = ask(`${base}://${lanAddress}:${asking.port}/v1/pair`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code, name: 'phone' }),
      });
      while (pairing.requests().length === 0) await systemClock.sleep(5);
      await pairing.answer(pairing.requests()[0]!.id, { accept: true, scope: 'control' }, hostActor);
      return (JSON.parse((await answer).text) as { scope: string }).scope;
    };
    expect(await pair('http')).toBe('view');
    expect(await pair('https')).toBe('control');
  });

  it('takes a page’s Origin only with the scheme that it came by', async () => {
    await sharing.set({ enabled: true });
    const upgrade = async (base: string, origin: string): Promise<number | null> => {
      const client = new SocketClient(server.port, { base, origin, ...insecure });
      await client.opened;
      client.socket.terminate();
      return client.refusedWith;
    };
    expect(await upgrade(`wss://${lan}`, `https://${lan}`)).toBeNull();
    expect(await upgrade(`wss://${lan}`, `http://${lan}`)).toBe(403);
    expect(await upgrade(`wss://${lan}`, `https://${lanAddress}`)).toBe(403);
    expect(await upgrade(`wss://${lan}`, `https://evil.example:${server.port}`)).toBe(403);
    const local = `127.0.0.1:${server.port}`;
    expect(await upgrade(`ws://${local}`, `http://${local}`)).toBeNull();
    expect(await upgrade(`ws://${local}`, `https://${local}`)).toBe(403);
  });

  it('drops within 6 s who sends no first byte, who shakes no hands and who drips either', async () => {
    await sharing.set({ enabled: true });
    const lived = (bytes: string, dripMs: number | null, address = lanAddress): Promise<number> =>
      new Promise((resolve) => {
        let startedMs = 0;
        const socket = connect(server.port, address, () => {
          startedMs = performance.now();
          socket.write(bytes);
        });
        socket.resume();
        const drip = dripMs && setInterval(() => void socket.write('a'), dripMs);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          if (drip) clearInterval(drip);
          resolve(performance.now() - startedMs);
        });
      });
    const hello = '\x16\x03\x01\x40\x00\x01\x00\x3f\xfc\x03\x03';
    const all = [
      lived('', null),
      lived('\x16', null),
      lived(hello, 500),
      lived('GET / HTTP/1.1\r\nX: ', 500),
      // A head that is not the first of its connection, too.
      lived('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nX: ', 500, '127.0.0.1'),
    ];
    for (const ms of await Promise.all(all)) {
      expect(ms).toBeGreaterThan(4_500);
      expect(ms).toBeLessThan(6_000);
    }
  }, 10_000);

  it('shows a renewed certificate to new connections while viewers stay', async () => {
    const dueInMs = 2_500;
    const clock = new FakeClock(Date.now() - (certificateMs - renewBeforeMs - 24 * 3_600_000) + dueInMs);
    const subject = () => ({ hostName: 'desk', addresses: [] });
    const store = new CertificateStore({
      folder: join(server.dataDir, 'tls'),
      clock,
      subject,
      log: () => undefined,
    });
    const { fingerprint: before, endsMs } = await store.load();
    await sharing.set({ enabled: true });
    expect((await ask(`https://${lan}/healthz`)).fingerprint).toBe(before);
    const viewer = await watch(`wss://${lan}`, await server.token('view'));
    while ((await ask(`https://${lan}/healthz`)).fingerprint === before) await systemClock.sleep(100);
    const status = sharing.status();
    expect((await ask(`https://${lan}/healthz`)).fingerprint).toBe(status.fingerprint);
    expect(status.certificateEndsWallMs).toBeGreaterThan(endsMs);
    const heard = viewer.heard.length;
    while (viewer.heard.length < heard + 2) await once(viewer.socket, 'message');
    viewer.socket.terminate();
  });

  it('says why it cannot be turned on, and goes on as it was', async () => {
    const other = createServer().listen(0, lanAddress);
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await using taken = await startTestServer({}, { network: fakeLan, port });
    const { sharing: unable } = taken.host.server;
    await expect(unable.set({ enabled: true })).rejects.toThrow(`Port ${port} on ${lanAddress} is taken`);
    expect(unable.status()).toMatchObject({ state: 'failed', urls: [] });
    expect(unable.status().message).toContain('is taken');
    expect((await ask(`${taken.url}/healthz`)).status).toBe(200);
    other.close();
    await once(other, 'close');
    await unable.set({ enabled: true });
    expect(unable.status()).toMatchObject({ state: 'on', message: null });
  });

  it('remembers the switch in the config file and keeps what else stands there', async () => {
    const path = join(server.dataDir, 'config.json');
    await writeFile(path, '{\n    "limits": { "maxClients": 7 },\n    "sharing": { "announce": false }\n}\n');
    await sharing.set({ enabled: true });
    const text = await readFile(path, 'utf8');
    expect(JSON.parse(text)).toEqual({
      limits: { maxClients: 7 },
      sharing: { announce: false, enabled: true, plainHttp: false },
    });
    expect(text).toContain('\n    "limits"');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('says so where the switch cannot be remembered, and shares all the same', async () => {
    const path = join(server.dataDir, 'config.json');
    await writeFile(path, '{ broken');
    await expect(sharing.set({ enabled: true })).rejects.toThrow('only until the next start');
    expect(sharing.status().state).toBe('on');
    expect(await readFile(path, 'utf8')).toBe('{ broken');
  });

  it('frees its port and ends its tasks at the end, with connections of every kind open', async () => {
    await sharing.set({ enabled: true, plainHttp: true });
    const token = await server.token('view');
    const viewers = await Promise.all([watch(`wss://${lan}`, token), watch(`ws://${lan}`, token)]);
    const idle = connectTls({ host: lanAddress, port: server.port, ...insecure });
    await once(idle, 'secureConnect');
    const half = connect(server.port, lanAddress, () => void half.write('\x16\x03'));
    await once(half, 'connect');
    const gone = Promise.all([closeOf(idle), closeOf(half), ...viewers.map(({ closed }) => closed)]);
    await server.host.close('The test ends it.');
    await gone;
    expect(server.host.monitor.tasks.live()).toEqual([]);
    const again = createServer().listen(server.port, lanAddress);
    await once(again, 'listening');
    again.close();
    expect(server.logged.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
