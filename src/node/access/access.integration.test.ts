import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { defaultLimits, type ServerMessage } from '../../shared/protocol/index.ts';
import type { AccessRaw } from '../../shared/series/raw/access.ts';
import { auditEntrySchema, type AuditEntry } from '../audit/audit-entry.ts';
import { SocketClient } from '../server/testing/socket-client.ts';
import { startTestServer, type TestServer } from '../server/testing/test-server.ts';
import { TokenStore } from '../server/token-store.ts';

/** A device that asks to be paired. */
function ask(server: TestServer, code: string, more: object = {}, signal?: AbortSignal): Promise<Response> {
  return fetch(`${server.url}/v1/pair`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, name: 'phone', ...more }),
    ...(signal && { signal }),
  });
}

async function enter(server: TestServer, token: string): Promise<SocketClient> {
  const client = new SocketClient(server.port);
  await client.opened;
  client.hello(token);
  await client.next('welcome');
  return client;
}

let requests = 0;
async function request(client: SocketClient, method: string, params: object): Promise<ServerMessage> {
  const id = `r${++requests}`;
  client.send({ type: 'request', id, method, params: { ...params } });
  return vi.waitFor(() => {
    const answer = client.heard.find((heard) => 'id' in heard && heard.id === id);
    if (!answer) throw new Error('No answer yet.');
    return answer;
  });
}

const auditOf = (server: TestServer): AuditEntry[] =>
  readFileSync(join(server.dataDir, 'audit.log'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => v.parse(auditEntrySchema, JSON.parse(line)));

describe('a host whose user confirms each device', () => {
  let server: TestServer;
  let admin: SocketClient;
  const start = async (limits: Parameters<typeof startTestServer>[0] = {}): Promise<void> => {
    server = await startTestServer(limits, { confirmPairing: true });
    admin = await enter(server, await server.token('admin'));
  };
  const openCode = async (): Promise<string> => {
    const answer = await request(admin, 'pairing.open', {});
    return (answer as { value: { code: string } }).value.code;
  };
  const access = (): AccessRaw | undefined => {
    for (const heard of [...admin.heard].reverse()) {
      if (heard.type !== 'sample' && heard.type !== 'snapshot') continue;
      if (heard.sections.access?.status === 'ok') return heard.sections.access.data;
    }
    return undefined;
  };
  const waiting = (count: number): Promise<AccessRaw['pairing']['requests']> =>
    vi.waitFor(() => {
      const requests = access()?.pairing.requests ?? [];
      expect(requests).toHaveLength(count);
      return requests;
    });
  beforeEach(() => start());
  afterEach(async () => {
    await server[Symbol.asyncDispose]();
  });

  it('holds the device’s request while it is asked, and lets it in as its user says', async () => {
    admin.send({ type: 'subscribe', id: 'a', topics: ['access'], intervalMs: 250 });
    const asked = ask(server, await openCode(), { key: '123456' });
    const [waits] = await waiting(1);
    expect(waits).toMatchObject({ name: 'phone', address: '127.0.0.1', key: '123456' });
    const answer = {
      requestId: waits!.id,
      accept: true,
      name: 'Ann’s phone',
      scope: 'vitals',
      guestMs: 1_800_000,
    };
    expect(await request(admin, 'pairing.answer', answer)).toMatchObject({ type: 'result', value: null });
    const response = await asked;
    expect(response.status).toBe(200);
    const { token, scope, expiresAt } = (await response.json()) as Record<string, string>;
    expect(scope).toBe('vitals');
    expect(Math.abs(Date.parse(expiresAt!) - Date.now() - 1_800_000)).toBeLessThan(5_000);
    const phone = await enter(server, token!);
    expect((await phone.next('welcome')).capabilities.topics).not.toContain('access');
    await vi.waitFor(() =>
      expect(access()?.devices).toMatchObject([
        { scope: 'admin' },
        { name: 'Ann’s phone', scope: 'vitals', guest: true, connections: 1 },
      ]),
    );
    phone.socket.terminate();
  });

  it('keeps the request open past the deadlines of HTTP', async () => {
    await server[Symbol.asyncDispose]();
    await start({ headerDeadlineMs: 200 });
    const asked = ask(server, await openCode());
    // Heads have 200 ms, whole requests 400 ms, and the server looks every 500 ms.
    await systemClock.sleep(2_000);
    const [waits] = server.host.pairing.requests();
    await request(admin, 'pairing.answer', { requestId: waits!.id, accept: true });
    expect((await asked).status).toBe(200);
  });

  it('refuses with a sentence where its user refuses, does not answer, or too many wait', async () => {
    await server[Symbol.asyncDispose]();
    await start({ pairingConfirmMs: 1_000 });
    const refused = ask(server, await openCode());
    await vi.waitFor(() => expect(server.host.pairing.requests()).toHaveLength(1));
    const { id } = server.host.pairing.requests()[0]!;
    await request(admin, 'pairing.answer', { requestId: id, accept: false });
    expect([(await refused).status, await (await refused).json()]).toMatchObject([
      403,
      { code: 'forbidden' },
    ]);

    const first = ask(server, await openCode());
    await vi.waitFor(() => expect(server.host.pairing.requests()).toHaveLength(1));
    const second = ask(server, await openCode());
    await vi.waitFor(() => expect(server.host.pairing.requests()).toHaveLength(2));
    const third = await ask(server, await openCode());
    expect([third.status, await third.json()]).toMatchObject([503, { code: 'limitExceeded' }]);
    for (const late of [await first, await second]) {
      expect([late.status, await late.json()]).toMatchObject([403, { code: 'timeout' }]);
    }
    expect(await server.host.tokens.list()).toHaveLength(1);
  });

  it('withdraws the request of a device that goes away', async () => {
    const gone = new AbortController();
    const asked = ask(server, await openCode(), {}, gone.signal).catch(() => 'gone');
    await vi.waitFor(() => expect(server.host.pairing.requests()).toHaveLength(1));
    gone.abort();
    await vi.waitFor(() => expect(server.host.pairing.requests()).toEqual([]));
    expect(await asked).toBe('gone');
    expect(await server.host.tokens.list()).toHaveLength(1);
  });

  it('tells a device that waits when the host closes, and closes at once', async () => {
    const asked = ask(server, await openCode());
    await vi.waitFor(() => expect(server.host.pairing.requests()).toHaveLength(1));
    admin.socket.terminate();
    const startedMs = performance.now();
    await server.host.close('The test is over.');
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    expect((await asked).status).toBe(503);
  });

  it('puts every step on record, and no code, key or token', async () => {
    const code = await openCode();
    expect((await ask(server, code.startsWith('B') ? 'CCCC-CCCC' : 'BBBB-BBBB')).status).toBe(401);
    const asked = ask(server, code, { key: '987654' });
    await vi.waitFor(() => expect(server.host.pairing.requests()).toHaveLength(1));
    await request(admin, 'pairing.answer', {
      requestId: server.host.pairing.requests()[0]!.id,
      accept: true,
    });
    const { token } = (await (await asked).json()) as { token: string };
    const [, device] = server.host.tokens.known();
    await request(admin, 'device.change', { id: device!.id, name: 'tv', scope: 'arguments' });
    const viewer = await enter(server, token);
    await request(viewer, 'device.revoke', { id: device!.id });
    await request(admin, 'device.revoke', { id: device!.id });
    expect(
      (await fetch(`${server.url}/v1/info`, { headers: { authorization: `Bearer ${token}` } })).status,
    ).toBe(401);
    await vi.waitFor(() =>
      expect(auditOf(server).map(({ event, outcome }) => `${event} ${outcome}`)).toEqual([
        'pairing.opened done',
        'pairing.failed refused',
        'pairing.asked asked',
        'pairing.succeeded done',
        'device.changed done',
        'request.refused refused',
        'device.revoked done',
        'token.wrong refused',
      ]),
    );
    const text = readFileSync(join(server.dataDir, 'audit.log'), 'utf8');
    for (const secret of [code, code.replace('-', ''), '987654', token]) expect(text).not.toContain(secret);
    expect(auditOf(server)[6]).toMatchObject({
      who: { kind: 'socket', scope: 'admin', address: '127.0.0.1' },
      what: { device: device!.id, name: 'tv' },
    });
  });
});

describe('a device that is connected', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startTestServer();
  });
  afterEach(() => server[Symbol.asyncDispose]());
  /** Another process that uses the same folder. */
  const other = (): TokenStore =>
    new TokenStore({
      folder: join(server.dataDir, 'tokens'),
      clock: systemClock,
      limits: defaultLimits,
      log: () => undefined,
    });

  it.each(['by the host', 'by another process'])(
    'is closed within a second when it is revoked %s',
    async (by) => {
      const token = await server.token();
      const clients = [await enter(server, token), await enter(server, token)];
      const bystander = await enter(server, await server.token());
      const { id } = server.host.tokens.known()[0]!;
      const startedMs = performance.now();
      if (by === 'by the host') {
        const admin = await enter(server, await server.token('admin'));
        await request(admin, 'device.revoke', { id });
      } else {
        await other().revoke(id);
      }
      for (const client of clients) {
        expect((await client.closed).code).toBe(4401);
        expect(client.heard.at(-1)).toMatchObject({ type: 'bye', code: 'revoked' });
      }
      expect(performance.now() - startedMs).toBeLessThan(1_000);
      expect(bystander.socket.readyState).toBe(bystander.socket.OPEN);
      bystander.socket.terminate();
      const again = new SocketClient(server.port, { headers: { authorization: `Bearer ${token}` } });
      await again.closed;
      expect(again.refusedWith).toBe(401);
    },
  );

  it.each(['by the host', 'by another process'])(
    'is closed within a second when its scope is changed %s, and comes back with the new one',
    async (by) => {
      const token = await server.token('arguments');
      const client = await enter(server, token);
      const { id } = server.host.tokens.known()[0]!;
      const startedMs = performance.now();
      if (by === 'by the host') {
        const admin = await enter(server, await server.token('admin'));
        await request(admin, 'device.change', { id, scope: 'vitals' });
      } else {
        await other().change(id, { scope: 'vitals' });
      }
      await client.closed;
      expect(performance.now() - startedMs).toBeLessThan(1_000);
      expect(client.heard.at(-1)).toMatchObject({ type: 'bye', code: 'invalidState' });
      const again = await enter(server, token);
      expect(server.host.monitor.sessions().at(-1)?.grant?.scope).toBe('vitals');
      again.socket.terminate();
    },
  );

  it('keeps its connections when it is renamed, and goes by its new name at once', async () => {
    const client = await enter(server, await server.token());
    const admin = await enter(server, await server.token('admin'));
    const { id } = server.host.tokens.known()[0]!;
    await request(admin, 'device.change', { id, name: 'kitchen' });
    expect(server.host.monitor.sessions()[0]?.name).toBe('kitchen');
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    client.socket.terminate();
  });

  it('is closed within a second of its end when it is a guest', async () => {
    const endsWallMs = Date.now() + 1_500;
    const { token } = await server.host.tokens.create({ name: 'guest', scope: 'view', endsWallMs });
    const client = await enter(server, token);
    expect((await client.closed).code).toBe(4401);
    const lateMs = Date.now() - endsWallMs;
    expect([lateMs >= 0, lateMs < 1_000]).toEqual([true, true]);
    expect(client.heard.at(-1)).toMatchObject({ type: 'bye', code: 'revoked' });
    await vi.waitFor(() => expect(auditOf(server)).toMatchObject([{ event: 'device.expired' }]));
  });

  it('is told bye when it revokes itself', async () => {
    const admin = await enter(server, await server.token('admin'));
    const { id } = server.host.tokens.known()[0]!;
    admin.send({ type: 'request', id: 'r', method: 'device.revoke', params: { id } });
    await admin.closed;
    expect(admin.heard.at(-1)).toMatchObject({ type: 'bye', code: 'revoked' });
  });

  it('is told why when it is disconnected, and may come back', async () => {
    const token = await server.token();
    const client = await enter(server, token);
    const admin = await enter(server, await server.token('admin'));
    const { id } = server.host.monitor.sessions()[0]!;
    await request(admin, 'client.disconnect', { id });
    expect((await client.closed).code).toBe(4403);
    expect(client.heard.at(-1)).toMatchObject({ type: 'bye', code: 'forbidden' });
    const again = await enter(server, token);
    again.socket.terminate();
  });
});

it('withdraws the request of a device whose connection is reset', async () => {
  await using server = await startTestServer({}, { confirmPairing: true });
  const { code } = server.host.pairing.open();
  const body = JSON.stringify({ code, name: 'x' });
  const socket = connect(server.port, '127.0.0.1');
  socket.write(
    `POST /v1/pair HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  await vi.waitFor(() => expect(server.host.pairing.requests()).toHaveLength(1));
  socket.resetAndDestroy();
  await once(socket, 'close');
  await vi.waitFor(() => expect(server.host.pairing.requests()).toEqual([]));
});
