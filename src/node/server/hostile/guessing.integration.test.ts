import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import { createHost } from '../create-host.ts';
import { parseAnswer, type RawAnswer } from '../testing/raw-answer.ts';
import { RawPeer } from '../testing/raw-peer.ts';
import { sendRaw } from '../testing/raw-request.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

describe('guessing', () => {
  const peers: RawPeer[] = [];
  afterEach(() => {
    for (const peer of peers.splice(0)) peer.socket.destroy();
  });
  const live = async (port: number, token: string): Promise<RawPeer> => {
    const peer = await RawPeer.live(port, token, { polite: true });
    peers.push(peer);
    return peer;
  };
  const ask = async (server: TestServer, token: string, from = '127.0.0.1'): Promise<RawAnswer> => {
    const head = ['GET /v1/info HTTP/1.1', `Host: localhost:${server.port}`, 'Connection: close'];
    const request = [...head, `Authorization: Bearer ${token}`, '', ''].join('\r\n');
    return parseAnswer(await sendRaw(server.port, request, undefined, from))!;
  };
  const pair = async (server: TestServer, code: string, from = '127.0.0.1'): Promise<RawAnswer> => {
    const body = JSON.stringify({ code, name: 'phone' });
    const head = ['POST /v1/pair HTTP/1.1', `Host: localhost:${server.port}`, 'Connection: close'];
    const type = ['Content-Type: application/json', `Content-Length: ${body.length}`];
    return parseAnswer(
      await sendRaw(server.port, [...head, ...type, '', body].join('\r\n'), undefined, from),
    )!;
  };
  const wrongCode = (index: number): string => `${'BCDFGHJKLMNPQRSTVWXZ'[index % 20]}BBB-BBBB`;

  it('limit: authentication failures: five a minute an address, then a growing delay; sixty in all; nobody paired is hurt', async () => {
    await using server = await startTestServer({ closeGraceMs: 100 });
    const token = await server.token();
    const viewer = await live(server.port, token);
    viewer.say({ type: 'subscribe', id: 'v', topics: ['cpu'], intervalMs: 250 });
    await viewer.message('snapshot');

    const statuses: number[] = [];
    for (let index = 0; index < 6; index++) statuses.push((await ask(server, `wrong-${index}`)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const first = await ask(server, 'wrong');
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, ['1']]);
    // Another address is not delayed, a right token is let in even from this one, and after the delay one more is looked at.
    expect((await ask(server, 'wrong', '127.0.0.2')).status).toBe(401);
    expect((await ask(server, token)).status).toBe(200);
    await systemClock.sleep(1_050);
    expect((await ask(server, 'wrong')).status).toBe(401);
    const second = await ask(server, 'wrong');
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, ['2']]);

    // Seven so far; four from each of fourteen more addresses are more than sixty in all.
    const others: number[] = [];
    for (let address = 3; address < 17; address++) {
      for (let index = 0; index < 4; index++)
        others.push((await ask(server, 'wrong', `127.0.0.${address}`)).status);
    }
    expect(others.filter((status) => status === 401)).toHaveLength(60 - 7);
    expect(others.at(-1)).toBe(429);
    expect((await ask(server, token, '127.0.0.99')).status).toBe(200);
    await live(server.port, token);

    const seqs = viewer.heard.filter((heard) => heard.type === 'sample').map(({ seq }) => seq);
    expect(seqs.length).toBeGreaterThan(3);
    expect(seqs).toEqual(seqs.map((_, index) => seqs[0]! + index));
    expect(viewer.ended).toBe(false);
  });

  it('limit: token: 32 random bytes of which only the hash is kept; revoked within a second, and after a restart', async () => {
    await using server = await startTestServer({ closeGraceMs: 100 });
    const { token, record } = await server.host.tokens.create({ name: 'gone', scope: 'view' });
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(new Set([token, await server.token(), await server.token()]).size).toBe(3);
    for (const name of await readdir(join(server.dataDir, 'tokens')))
      expect(await readFile(join(server.dataDir, 'tokens', name), 'utf8')).not.toContain(token);

    const peer = await live(server.port, token);
    const startedMs = performance.now();
    await server.host.tokens.revoke(record.id);
    await peer.message('bye', ({ code }) => code === 'revoked');
    await peer.until(() => peer.ended);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    expect(peer.closeCode).toBe(4401);
    expect((await ask(server, token)).status).toBe(401);

    await server.host.close('Restart.');
    const again = await createHost({
      dataDir: server.dataDir,
      config: {},
      port: 0,
      staticDir: join(server.dataDir, 'no-build'),
      version: '1',
      spawnProbe: () => {
        throw new Error('No probes here.');
      },
      log: () => undefined,
      collectors: [],
    });
    const late = new RawPeer(again.server.port, { polite: true, lines: [`Authorization: Bearer ${token}`] });
    expect(await late.handshake()).toBe(401);
    await again.close('The test is over.');
  });

  it('limit: pairing code: one live, single use, five attempts in all, over after its time', async () => {
    await using server = await startTestServer({ pairingCodeMs: 400, closeGraceMs: 100 });
    const { pairing } = server.host;
    const { code } = pairing.open();
    expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    const paired = await pair(server, code);
    expect(paired.status).toBe(200);
    // The same code once more, from the same device and from another.
    expect((await pair(server, code)).status).toBe(401);
    expect((await pair(server, code, '127.0.0.2')).status).toBe(401);

    // Five wrong ones from five addresses, and the right one is void.
    const second = pairing.open().code;
    for (let index = 0; index < 5; index++)
      expect((await pair(server, wrongCode(index), `127.0.1.${index}`)).status).toBe(401);
    expect((await pair(server, second, '127.0.1.9')).status).toBe(401);

    // A new one voids the one before.
    const third = pairing.open().code;
    const fourth = pairing.open().code;
    expect((await pair(server, third, '127.0.2.1')).status).toBe(401);
    await systemClock.sleep(450);
    expect((await pair(server, fourth, '127.0.2.2')).status).toBe(401);
    expect(await server.host.tokens.list()).toHaveLength(1);
  });

  it('limit: pairing code: of ten devices that send the right one at once exactly one is paired', async () => {
    await using server = await startTestServer({ closeGraceMs: 100 });
    const { code } = server.host.pairing.open();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => pair(server, code, `127.0.3.${index + 1}`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(401)]);
    const tokens = answers
      .filter(({ status }) => status === 200)
      .map(({ body }) => JSON.parse(body) as unknown);
    expect(tokens).toEqual([expect.objectContaining({ scope: 'view' })]);
    expect(await server.host.tokens.list()).toHaveLength(1);
  });

  it('has on record what was asked for last when the host has closed', async () => {
    await using server = await startTestServer({ closeGraceMs: 100 });
    for (let index = 0; index < 20; index++) server.host.pairing.open();
    await server.host.close('Good night.');
    const lines = (await readFile(join(server.dataDir, 'audit.log'), 'utf8')).trim().split('\n');
    expect(lines.filter((line) => line.includes('"pairing.opened"'))).toHaveLength(20);
  });

  it('tells who guesses nothing by its answers: wrong, used, expired and none look alike', async () => {
    await using server = await startTestServer({
      pairingCodeMs: 50,
      authFailuresPerMinutePerAddress: 100,
      closeGraceMs: 100,
    });
    const { pairing } = server.host;
    const none = await pair(server, 'BCDF-GHJK');
    const used = pairing.open().code;
    await pair(server, used);
    const replayed = await pair(server, used);
    pairing.open();
    const wrong = await pair(server, 'BBBB-BBBB');
    const late = pairing.open().code;
    await systemClock.sleep(80);
    const expired = await pair(server, late);
    for (const answer of [replayed, wrong, expired]) {
      expect([answer.status, answer.body]).toEqual([none.status, none.body]);
      expect([...answer.headers.keys()]).toEqual([...none.headers.keys()]);
    }
  });
});
