import { expect, it } from 'vitest';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { SocketClient } from './testing/socket-client.ts';
import { startTestServer } from './testing/test-server.ts';

const cycles = 2_000;
const sideBySide = 8;

function countResources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

it(`promise: loops that outlive their client: leaves nothing behind after ${cycles} clients that came, saw and left by close, abort or half a greeting`, async () => {
  await using server = await startTestServer({
    maxUnauthenticated: 100,
    maxUnauthenticatedPerAddress: 100,
    maxClients: 100,
    maxClientsPerAddress: 100,
  });
  const { monitor } = server.host;
  const token = await server.token();
  const byHeader = { headers: { authorization: `Bearer ${token}` } };

  const leaveBy = [
    async (client: SocketClient) => {
      client.hello(token);
      client.subscribe();
      await client.next('snapshot');
      client.socket.close();
    },
    async (client: SocketClient) => {
      client.hello();
      client.subscribe();
      await client.next('snapshot');
      (client.socket as unknown as { _socket: { destroy(): void } })._socket.destroy();
    },
    async (client: SocketClient) => client.socket.terminate(),
    async (client: SocketClient) => {
      client.socket.send('{"type":"hel');
      await client.closed;
    },
  ];
  const cycle = async (index: number): Promise<void> => {
    const kind = index % leaveBy.length;
    const client = new SocketClient(server.port, kind === 1 ? byHeader : {});
    if (!(await client.opened)) throw new Error(`Refused with ${client.refusedWith}.`);
    await leaveBy[kind]!(client);
    await client.closed;
  };
  const run = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += sideBySide) {
      await Promise.all(Array.from({ length: sideBySide }, (_, offset) => cycle(index + offset)));
    }
  };
  const settled = async (): Promise<void> => {
    for (let turn = 0; monitor.sessionCount > 0 && turn < 100; turn++) await systemClock.sleep(50);
    await systemClock.sleep(100);
  };

  await run(4 * sideBySide);
  await settled();
  const scopes = monitor.tasks.live().map(({ name }) => name);
  const tasks = monitor.tasks.live().map((scope) => [scope.name, scope.tasks.length, scope.resources]);
  const resources = countResources();

  await run(cycles);
  await settled();
  expect(monitor.sessionCount).toBe(0);
  expect(monitor.tasks.live().map(({ name }) => name)).toEqual(scopes);
  expect(scopes.sort()).toEqual(['audit', 'probe', 'sampler', 'server', 'tokens']);
  expect(monitor.tasks.live().map((scope) => [scope.name, scope.tasks.length, scope.resources])).toEqual(
    tasks,
  );
  expect(countResources()).toEqual(resources);
  expect(monitor.closedSessions().every(({ tasksLeft }) => tasksLeft === 0)).toBe(true);
  expect(server.logged).toEqual([]);
}, 120_000);
