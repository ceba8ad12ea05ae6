import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { ask } from '../../node/server/testing/lan.ts';
import { startTestServer } from '../../node/server/testing/test-server.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';

/** What a host that is shared on every address answers, seen from a network that only this process has. */
export interface SharingReport {
  readonly urls: readonly string[];
  /** Status by what was asked. */
  readonly answers: Readonly<Record<string, number | string>>;
}

const [ipv4, ipv6, later] = ['10.77.0.1', 'fd77::1', '10.78.0.1'] as const;
const ip = (...args: string[]): unknown => execFileSync('ip', args);

/** Runs in a network namespace of its own, where all addresses may be listened on. */
async function play(): Promise<SharingReport> {
  ip('link', 'set', 'lo', 'up');
  ip('link', 'add', 'eth7', 'type', 'veth', 'peer', 'name', 'eth8');
  for (const end of ['eth7', 'eth8']) ip('link', 'set', end, 'up');
  ip('addr', 'add', `${ipv4}/24`, 'dev', 'eth7');
  ip('addr', 'add', `${ipv6}/64`, 'dev', 'eth7', 'nodad');
  await using server = await startTestServer();
  const { port } = server;
  const { sharing } = server.host.server;
  const answers: Record<string, number | string> = {};
  const note = async (name: string, url: string): Promise<void> => {
    answers[name] = await ask(url).then(
      ({ status }) => status,
      (error: NodeJS.ErrnoException) => error.code ?? error.message,
    );
  };
  await note('LAN while off', `https://${ipv4}:${port}/healthz`);
  await sharing.set({ enabled: true });
  const { urls } = sharing.status();
  await note('IPv4', `https://${ipv4}:${port}/healthz`);
  await note('IPv6', `https://[${ipv6}]:${port}/healthz`);
  await note('plain', `http://${ipv4}:${port}/`);
  await note('loopback', `http://127.0.0.1:${port}/healthz`);
  await note('address to come', `https://${later}:${port}/healthz`);
  ip('addr', 'add', `${later}/24`, 'dev', 'eth7');
  await systemClock.sleep(1_050);
  await note('address that came', `https://${later}:${port}/healthz`);
  await sharing.set({ enabled: false });
  await note('LAN after off', `https://${ipv4}:${port}/healthz`);
  const rival = createServer().listen(port, ipv4);
  await once(rival, 'listening');
  await sharing
    .set({ enabled: true })
    .catch((error: Error) => (answers['port taken on the LAN'] = error.message));
  await note('loopback after that', `http://127.0.0.1:${port}/healthz`);
  rival.close();
  return { urls: urls.map((url) => url.replace(`:${port}`, ':port')), answers };
}

process.stdout.write(`${JSON.stringify(await play())}\n`);
