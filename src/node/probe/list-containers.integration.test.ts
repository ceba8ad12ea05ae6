import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { createListContainers } from './list-containers.ts';

let folder: string;
let path: string;
let clock: FakeClock;
let server: Server | null;
let requests: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulsewire-engine-'));
  path = join(folder, 'docker.sock');
  clock = new FakeClock();
  server = null;
  requests = [];
});

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  rmSync(folder, { recursive: true });
});

async function listen(answer: RequestListener): Promise<void> {
  server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.host}`);
    void answer(request, response);
  });
  server.listen(path);
  await once(server, 'listening');
}

const list = () => createListContainers(clock)({ path });
const id = 'a'.repeat(64);

describe('asking an engine for its containers', () => {
  it('takes id, own name and image of each that runs', async () => {
    await listen((_, response) =>
      response.end(
        JSON.stringify([{ Id: id, Names: ['/app/db', '/db'], Image: 'postgres:18', State: 'running' }]),
      ),
    );
    expect(await list()).toEqual([{ id, name: 'db', image: 'postgres:18' }]);
    expect(requests).toEqual(['GET /containers/json localhost']);
    expect(clock.sleeping).toBe(0);
  });

  it('takes names as the text that they are, shortened, and passes over entries of another form', async () => {
    const hostile = '$(touch x)<img src=x onerror=alert(1)>\u001b[31m\n';
    const entries = [{ Id: id, Names: [`/${hostile}`], Image: 'x'.repeat(9_000) }, { Id: 5 }, null, { Id: 'b', Names: null }, []]; // prettier-ignore
    await listen((_, response) => response.end(JSON.stringify(entries)));
    expect(await list()).toEqual([
      { id, name: hostile, image: 'x'.repeat(1_024) },
      { id: 'b', name: null, image: null },
    ]);
  });

  it.each(['', 'nonsense', '{"message":"no"}', '[{"Id":'])(
    'fails in words on the answer %j',
    async (text) => {
      await listen((_, response) => response.end(text));
      await expect(list()).rejects.toThrow(/^The engine gave /);
    },
  );

  it('fails in words on a status that is none of success, and on an answer without an end', async () => {
    await listen((_, response) => void response.writeHead(500).end());
    await expect(list()).rejects.toThrow('status 500');
    server!.removeAllListeners('request').on('request', (_, response) => {
      const chunk = 'x'.repeat(1024 * 1024);
      const pour = (): void => void response.write(chunk, () => response.destroyed || pour());
      pour();
    });
    await expect(list()).rejects.toThrow('says more than it is asked for');
  });

  it.each([
    ['says nothing', () => undefined],
    [
      'begins and goes on for ever',
      (_: unknown, response: { write(text: string): void }) => response.write('['),
    ],
  ] as [string, RequestListener][])('is given up when the engine %s', async (_, answer) => {
    let hasArrived = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (hasArrived = resolve));
    await listen((request, response) => {
      void answer(request, response);
      hasArrived();
    });
    const listing = list().catch((thrown: unknown) => thrown);
    await arrived;
    await clock.advance(3_000);
    expect(await listing).toMatchObject({ code: 'timeout' });
    expect(clock.sleeping).toBe(0);
  });

  it('is unsupported where no engine listens, and forbidden where its socket is another’s', async () => {
    await expect(list()).rejects.toMatchObject({ code: 'unsupported' });
    if (process.getuid?.() !== 0) return;
    await listen((_, response) => response.end('[]'));
    process.seteuid!(65_534);
    try {
      await expect(list()).rejects.toMatchObject({ code: 'EACCES' });
    } finally {
      process.seteuid!(0);
    }
  });
});
