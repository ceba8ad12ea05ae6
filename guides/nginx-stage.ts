import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, connect as connectPlain } from 'node:net';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';

const run = promisify(execFile);
/** How long nginx has to listen. */
const startMs = 10_000;

/** nginx under way with one site. */
export interface Nginx extends AsyncDisposable {
  readonly child: ChildProcess;
}

/**
 * Starts nginx with a site as a guide prints it: only ports and the place of the certificate are other ones. Throws where it
 * does not take it, with what it says.
 */
export async function startNginx(
  program: string,
  folder: string,
  site: string,
  { port, hostPort }: { port: number; hostPort: number },
): Promise<Nginx> {
  await makeCertificate(join(folder, 'site'));
  const changed = site
    .replaceAll('/etc/ssl/monitor.example.org', join(folder, 'site'))
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('127.0.0.1:9740', `127.0.0.1:${hostPort}`);
  const buffers = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const temporary = buffers.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
  const config = join(folder, 'nginx.conf');
  await writeFile(
    config,
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log stderr;\nevents {}\n` +
      `http { access_log off; ${temporary}\n${changed}}\n`,
  );
  await run(program, ['-t', '-q', '-p', folder, '-c', config]);
  const child = spawn(program, ['-p', folder, '-c', config], { stdio: 'ignore' });
  const exited = once(child, 'close');
  await untilListening(port);
  return {
    child,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** The status with which the upgrade of a page under that name is answered, by TLS. */
export async function upgradeThrough(port: number, host: string): Promise<number> {
  // Made up for the test, so that nobody vouches for it.
  const socket = connect({ port, host: '127.0.0.1', servername: host, rejectUnauthorized: false });
  const head = [
    'GET /v1/stream HTTP/1.1',
    `Host: ${host}`,
    `Origin: https://${host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer.toString())?.[1]);
}

/** A port that was free just now. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return address.port;
}

async function untilListening(port: number): Promise<void> {
  const fromMs = systemClock.monotonic();
  while (systemClock.monotonic() - fromMs < startMs) {
    const socket = connectPlain({ port, host: '127.0.0.1' });
    const isThere = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isThere) return;
    await systemClock.sleep(20);
  }
  throw new Error(`nginx did not listen on port ${port} within ${startMs} ms.`);
}

async function makeCertificate(base: string): Promise<void> {
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    `${base}.key`,
  ];
  const name = ['-subj', '/CN=monitor.example.org', '-days', '2', '-out', `${base}.pem`];
  await run('openssl', ['req', '-x509', ...key, ...name]);
}
