import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { sendRaw, statusOf } from './testing/raw-request.ts';
import { startTestServer } from './testing/test-server.ts';

/** The configuration that docs/deployment.md shows, but for TLS, which is not what is tried here. */
const configure = (folder: string, port: number, upstream: number): string => `
daemon off;
pid ${folder}/pid;
error_log stderr;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port};
    server_name monitor.example;
    location / {
      proxy_pass http://127.0.0.1:${upstream};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $http_connection;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_buffering off;
    }
  }
}`;

const hasNginx = ((): boolean => {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

describe.skipIf(!hasNginx)(`behind a real nginx${hasNginx ? '' : ' (there is none)'}`, () => {
  it('answers pages, streams to a viewer by its own address, and slows down who guesses and nobody else', async () => {
    const config = { trustedProxies: ['127.0.0.1'], allowedHosts: ['monitor.example'] };
    await using server = await startTestServer({}, { config });
    const folder = await mkdtemp(join(tmpdir(), 'pulsewire-nginx-'));
    const port = await findFreePort();
    const path = join(folder, 'nginx.conf');
    await writeFile(path, configure(folder, port, server.port));
    const nginx = spawn('nginx', ['-p', folder, '-c', path], { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = once(nginx, 'close');
    let said = '';
    nginx.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    try {
      const url = `http://127.0.0.1:${port}`;
      for (let tries = 0; tries < 200; tries++) {
        if (await fetch(`${url}/healthz`).then(() => true, () => false)) break; // prettier-ignore
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      const headers = { host: 'monitor.example', origin: 'http://monitor.example' };
      const token = await server.token('view');
      const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/stream`, 'pulsewire.v1.json', {
        localAddress: '127.0.0.2',
        headers: { ...headers, 'x-forwarded-for': '203.0.113.7', authorization: `Bearer ${token}` },
      });
      const heard: { type: string }[] = [];
      socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as { type: string }));
      await once(socket, 'open').catch((thrown: unknown) => {
        throw new Error(said, { cause: thrown });
      });
      socket.send(JSON.stringify({ type: 'hello', protocol: 1, client: { name: 'test', version: '1' } }));
      socket.send(JSON.stringify({ type: 'subscribe', id: 'a', topics: ['cpu'], intervalMs: 250 }));
      while (heard.filter(({ type }) => type === 'sample').length < 3) await once(socket, 'message');
      // nginx names the peer that it sees; what the client wrote before it counts for nothing.
      expect(server.host.monitor.sessions().at(-1)!.address).toBe('127.0.0.2');
      socket.terminate();
      const guess = async (from: string): Promise<number> => {
        const lines = ['GET /v1/info HTTP/1.1', 'Host: monitor.example', 'Authorization: Bearer x'];
        const request = [...lines, 'Connection: close', '', ''].join('\r\n');
        return statusOf(await sendRaw(port, request, undefined, from));
      };
      for (let tries = 0; tries < 5; tries++) expect(await guess('127.0.0.3')).toBe(401);
      expect([await guess('127.0.0.3'), await guess('127.0.0.4')]).toEqual([429, 401]);
    } finally {
      nginx.kill('SIGQUIT');
    }
    await ended;
    await rm(folder, { recursive: true, force: true });
  });
});
