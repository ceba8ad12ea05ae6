import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  accessMethods,
  includesScope,
  tokenScopes,
  type ServerMessage,
  type TokenScope,
} from '../../shared/protocol/index.ts';
import { topics, type Topic } from '../../shared/series/raw.ts';
import { createPlantedCollectors, plantedWord } from './testing/planted-topics.ts';
import { SocketClient } from './testing/socket-client.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

/*
 * What each scope sees and may do, written down once more and not taken from the code that decides it. A new topic, route
 * or method fails here until somebody has said who gets it.
 */

/** From which scope on a topic is seen. */
const topicTable: Readonly<Record<Topic, TokenScope>> = {
  cpu: 'vitals',
  memory: 'vitals',
  network: 'vitals',
  socket: 'vitals',
  disk: 'vitals',
  filesystem: 'vitals',
  sensor: 'vitals',
  power: 'vitals',
  gpu: 'vitals',
  host: 'vitals',
  process: 'view',
  container: 'view',
  service: 'view',
  login: 'view',
  cost: 'control',
  diagnostics: 'control',
  access: 'admin',
};

/** From which scope on a planted word is seen, of those that not everybody sees who sees the topic. */
const wordTable: Readonly<Record<string, TokenScope>> = {
  'socket.listeners.processName': 'view',
  'socket.listeners.user': 'view',
  'filesystem.mounts.device': 'view',
  'filesystem.mounts.options': 'view',
  'host.kernelCommandLine': 'view',
  'host.timeSynchronization.service': 'view',
  'process.command': 'arguments',
};

const methodTable: Readonly<Record<string, TokenScope>> = {
  'process.inspect': 'control',
  'history.read': 'vitals',
  'process.signal': 'control',
  'process.renice': 'control',
  'diagnostics.report': 'admin',
  ...Object.fromEntries(accessMethods.map((method) => [method, 'admin'])),
};

/** What a GET (of `/v1/pair` a POST) of each route comes to: without a token, with one that is too little, and with enough. */
const routeTable: Readonly<
  Record<string, { readonly without: number; readonly from: TokenScope | null; readonly with: number }>
> = {
  '/healthz': { without: 200, from: null, with: 200 },
  // Without a build of the page.
  '/': { without: 503, from: null, with: 503 },
  '/v1/pair': { without: 400, from: null, with: 400 },
  '/v1/info': { without: 401, from: 'vitals', with: 200 },
  '/v1/processes': { without: 401, from: 'view', with: 200 },
  '/v1/history': { without: 401, from: 'vitals', with: 400 },
  '/metrics': { without: 401, from: 'vitals', with: 200 },
  '/v1/stream': { without: 426, from: null, with: 426 },
};

const ownTopics: readonly Topic[] = ['access', 'cost', 'diagnostics'];
const bearers: readonly (TokenScope | null)[] = [null, ...tokenScopes];
const sees = (scope: TokenScope | null, needed: TokenScope): boolean =>
  scope !== null && includesScope(scope, needed);

describe.each(['pulsewire.v1.json'])('by %s', (subprotocol) => {
  let server: TestServer;
  const tokens = new Map<TokenScope | null, string>();
  beforeAll(async () => {
    // Everybody here is one address, and some of them guess.
    server = await startTestServer(
      { authFailuresPerMinute: 1_000, authFailuresPerMinutePerAddress: 1_000, maxClientsPerAddress: 100 },
      { collectors: createPlantedCollectors(ownTopics) },
    );
    for (const scope of tokenScopes) tokens.set(scope, await server.token(scope));
  });
  afterAll(() => server[Symbol.asyncDispose]());

  /** A client with all that it received, as bytes. */
  const enter = async (scope: TokenScope | null): Promise<{ client: SocketClient; text: () => string }> => {
    const client = new SocketClient(server.port, { protocols: [subprotocol] });
    let text = '';
    client.socket.on('message', (data: Buffer) => (text += data.toString()));
    await client.opened;
    client.hello(tokens.get(scope));
    return { client, text: () => text };
  };
  const answerTo = (client: SocketClient, id: string): Promise<ServerMessage> =>
    vi.waitFor(() => {
      const found = client.heard.find((heard) => 'id' in heard && heard.id === id);
      if (!found) throw new Error(`No answer to ${id} yet.`);
      return found;
    });
  /** Free texts of the topics that the collectors here serve. */
  const wordsOf = (collected: readonly Topic[]): string[] =>
    collected.flatMap((topic) => [...new Set(everything.match(/planted\.[\w.]+/g))].filter((word) => word.startsWith(`${plantedWord(topic)}.`))); // prettier-ignore
  /** All that a token for everything has seen. */
  let everything = '';

  it('knows every topic, and plants a word wherever a topic holds free text', async () => {
    expect(Object.keys(topicTable).sort()).toEqual([...topics].sort());
    const { client, text } = await enter('admin');
    const collected = topics.filter((topic) => !ownTopics.includes(topic));
    client.send({ type: 'subscribe', id: 'all', topics: collected, intervalMs: 250 });
    await client.next('sample');
    everything = text();
    for (const word of Object.keys(wordTable)) expect(everything).toContain(`"${plantedWord(word)}"`);
    for (const topic of ['process', 'container', 'service', 'login'] as const) {
      expect(wordsOf([topic]).length).toBeGreaterThan(1);
    }
    client.socket.terminate();
  });

  it.each(tokenScopes)('%s sees the topics that it may, and not a word of the others', async (scope) => {
    const { client, text } = await enter(scope);
    const { capabilities } = await client.next('welcome');
    expect([...capabilities.topics].sort()).toEqual(
      topics.filter((topic) => sees(scope, topicTable[topic])).sort(),
    );
    for (const topic of topics) {
      client.send({ type: 'subscribe', id: topic, topics: [topic], intervalMs: 250 });
      const answer = await answerTo(client, topic);
      if (sees(scope, topicTable[topic])) expect([topic, answer.type]).toEqual([topic, 'snapshot']);
      else expect([topic, answer]).toMatchObject([topic, { type: 'error', code: 'forbidden' }]);
    }
    // With one that is forbidden among them, none is served.
    if (scope !== 'admin') {
      client.send({ type: 'subscribe', id: 'mixed', topics: ['cpu', 'access'], intervalMs: 250 });
      expect(await answerTo(client, 'mixed')).toMatchObject({ type: 'error', code: 'forbidden' });
    }
    await client.next('sample');
    const seen = text();
    for (const topic of topics.filter((name) => !ownTopics.includes(name))) {
      for (const word of wordsOf([topic])) {
        const needed = wordTable[word.replace('planted.', '')] ?? topicTable[topic];
        expect([word, seen.includes(`"${word}"`)]).toEqual([word, sees(scope, needed)]);
      }
    }
    client.socket.terminate();
  });

  it.each(tokenScopes)('%s may call the methods that it may, and no other', async (scope) => {
    const { client } = await enter(scope);
    const { capabilities } = await client.next('welcome');
    const { monitor } = server.host;
    const served = Object.keys(methodTable).filter((method) => monitor.hasMethod(method));
    expect([...capabilities.methods].sort()).toEqual(
      served.filter((method) => sees(scope, methodTable[method]!)).sort(),
    );
    for (const method of served) {
      // Nothing that a method would take, so that nothing is done.
      const params = { id: 7, pid: 'x', requestId: 7, enabled: 'x' };
      client.send({ type: 'request', id: method, method, params });
      const answer = await answerTo(client, method);
      if (!sees(scope, methodTable[method]!))
        expect([method, answer]).toMatchObject([method, { code: 'forbidden' }]);
      else if (answer.type === 'error') expect([method, answer.code]).toEqual([method, 'invalidArgument']);
      else expect(['pairing.open', 'pairing.close', 'nearby.look', 'diagnostics.report']).toContain(method);
    }
    client.socket.terminate();
  });

  it('without a token nothing is served but a goodbye, whatever is sent', async () => {
    const messages = [
      { type: 'hello', protocol: 1, client: { name: 'x', version: '1' } },
      { type: 'hello', protocol: 1, token: 'wrong', client: { name: 'x', version: '1' } },
      { type: 'subscribe', id: 'a', topics: ['cpu'], intervalMs: 250 },
      { type: 'unsubscribe', id: 'a' },
      { type: 'ack', seq: 1 },
      { type: 'request', id: 'a', method: 'pairing.open' },
      { type: 'ping', t: 1 },
      { type: 'other' },
    ];
    for (const message of messages) {
      const client = new SocketClient(server.port, { protocols: [subprotocol] });
      await client.opened;
      client.socket.send(JSON.stringify(message));
      client.socket.send(JSON.stringify(messages[2]));
      await client.closed;
      expect([message.type, client.heard.map(({ type }) => type)]).toEqual([message.type, ['bye']]);
    }
  });

  describe('over HTTP', () => {
    const get = (path: string, scope: TokenScope | null): Promise<Response> =>
      fetch(`${server.url}${path}`, {
        method: path === '/v1/pair' ? 'POST' : 'GET',
        headers: {
          ...(scope && { authorization: `Bearer ${tokens.get(scope)}` }),
          ...(path === '/v1/pair' && { 'content-type': 'application/json' }),
        },
        ...(path === '/v1/pair' && { body: '{}' }),
      });

    it('knows every route that the server answers, and documents each', () => {
      const served = server.host.server.paths;
      expect(
        Object.keys(routeTable)
          .filter((path) => path !== '/')
          .sort(),
      ).toEqual([...served].sort());
      const file = join(import.meta.dirname, '../../../docs/protocol/schemas/openapi.json');
      const { paths } = JSON.parse(readFileSync(file, 'utf8')) as { paths: object };
      // What else is documented is files, which are the same for everybody.
      for (const path of served) expect(Object.keys(paths)).toContain(path);
    });

    it.each(Object.keys(routeTable).flatMap((path) => bearers.map((scope) => [path, scope] as const)))(
      '%s answers a bearer of %s as it should',
      async (path, scope) => {
        const route = routeTable[path]!;
        const response = await get(path, scope);
        const enough = route.from === null || sees(scope, route.from);
        expect(response.status).toBe(enough ? route.with : scope === null ? route.without : 403);
        const text = await response.text();
        for (const word of new Set(everything.match(/planted\.[\w.]+/g))) {
          if (!text.includes(word)) continue;
          const topic = word.split('.')[1] as Topic;
          const needed = wordTable[word.replace('planted.', '')] ?? topicTable[topic];
          expect([word, sees(scope, needed)]).toEqual([word, true]);
        }
      },
    );

    it('tells names of processes and users from view on, and command lines from arguments on', async () => {
      for (const scope of tokenScopes.slice(1)) {
        const text = await (await get('/v1/processes', scope)).text();
        for (const word of ['process.name', 'process.users', 'process.groups']) {
          expect(text).toContain(plantedWord(word));
        }
        expect(text.includes(plantedWord('process.command'))).toBe(includesScope(scope, 'arguments'));
      }
    });

    it('tells of containers and services to Prometheus from view on', async () => {
      for (const scope of tokenScopes) {
        const text = await (await get('/metrics', scope)).text();
        for (const word of ['container.containers', 'service.services']) {
          expect([scope, word, text.includes(plantedWord(word))]).toEqual([scope, word, scope !== 'vitals']);
        }
      }
    });

    it.each(tokenScopes)('says to %s what its token is good for', async (scope) => {
      const info = (await (await get('/v1/info', scope)).json()) as Record<string, unknown>;
      expect(info).toMatchObject({
        scope,
        protocol: 1,
        capabilities: { topics: topics.filter((topic) => sees(scope, topicTable[topic])) },
      });
      expect(info['topics']).toEqual((info['capabilities'] as { topics: unknown }).topics);
      const lifeMs = includesScope(scope, 'control') ? 12 * 3_600_000 : 90 * 24 * 3_600_000;
      expect(Math.abs(Date.parse(info['expiresAt'] as string) - Date.now() - lifeMs)).toBeLessThan(60_000);
    });

    it.each(['sort=pid', 'limit=0', 'limit=10001', 'limit=1e3', 'limit=-1', 'sort=cpu&sort=name', 'more=1'])(
      'does not take /v1/processes?%s',
      async (query) => {
        expect((await get(`/v1/processes?${query}`, 'view')).status).toBe(400);
      },
    );
  });
});
