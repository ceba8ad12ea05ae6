import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareHeadless } from './testing/headless-fixture.ts';

/** Prints each message that a socket of datagrams gets, as a service manager reads them, a JSON text a line. */
const listener = `
import json, os, socket, sys
address = sys.argv[1]
inbox = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
inbox.bind('\\0' + address[1:] if address[0] == '@' else address)
print('bound', flush=True)
while True:
    text, descriptors, *_ = socket.recv_fds(inbox, 4096, 4)
    # Whoever asks whether it was read hears so when what it has sent along is closed.
    for descriptor in descriptors: os.close(descriptor)
    if not text.startswith(b'BARRIER=1'): print(json.dumps(text.decode()), flush=True)
`;

function findMissing(): string | null {
  if (process.platform !== 'linux') return 'this is no Linux';
  for (const tool of ['python3', 'systemd-notify']) {
    try {
      execFileSync(tool, ['--version'], { stdio: 'ignore' });
    } catch {
      return `there is no ${tool}`;
    }
  }
  return null;
}
const missing = findMissing();

class Lines {
  readonly all: string[] = [];
  readonly #child: ChildProcess;

  constructor(child: ChildProcess, stream: 'stdout' | 'stderr') {
    this.#child = child;
    let rest = '';
    child[stream]!.on('data', (chunk: Buffer) => {
      const parts = (rest + chunk.toString()).split('\n');
      rest = parts.pop() ?? '';
      this.all.push(...parts);
      child.emit('line');
    });
  }

  async until(isThere: (lines: readonly string[]) => boolean): Promise<void> {
    while (!isThere(this.all)) await once(this.#child, 'line');
  }
}

describe('the headless program as a service', () => {
  const headless = prepareHeadless('pulsewire-service-');
  const start = (args: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess =>
    spawn(process.execPath, [headless.entry, ...args], {
      env: { PATH: process.env['PATH'], HOME: headless.dataDir, PULSEWIRE_SYSTEM_CONFIG: join(headless.dataDir, 'machine.json'), ...environment }, // prettier-ignore
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const run = async (
    ...given: Parameters<typeof start>
  ): Promise<[status: number, out: string, said: string]> => {
    const child = start(...given);
    const [out, said] = [new Lines(child, 'stdout'), new Lines(child, 'stderr')];
    const [status] = (await once(child, 'close')) as [number];
    return [status, out.all.join('\n'), said.all.join('\n')];
  };

  it.skipIf(missing !== null).each(['@pulsewire-test', 'path'])(
    `tells its manager that it is ready, lives, reloads and ends, at %s${missing ? ` (${missing})` : ''}`,
    async (kind) => {
      const socket = kind === 'path' ? join(headless.dataDir, 'notify') : `${kind}-${process.pid}`;
      const python = spawn('python3', ['-c', listener, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
      try {
        const told = new Lines(python, 'stdout');
        await told.until((lines) => lines.length === 1);
        const messages = (): string[] => told.all.slice(1).map((line) => JSON.parse(line) as string);
        const count = (name: string): number => messages().filter((text) => text.startsWith(name)).length;
        const host = start(
          ['serve', '--port', '0', '--json', '--log-format', 'json', '--data-dir', headless.dataDir],
          {
            NOTIFY_SOCKET: socket,
            WATCHDOG_USEC: '600000',
          },
        );
        const log = new Lines(host, 'stderr');
        const ended = once(host, 'close');
        await told.until(() => count('WATCHDOG=1') >= 2);
        expect(messages()[0]).toMatch(
          new RegExp(
            `^READY=1\nSTATUS=Serves at http://127\\.0\\.0\\.1:\\d+ to 0 viewers\nMAINPID=${host.pid}$`,
          ),
        );
        await writeFile(join(headless.dataDir, 'config.json'), '{"bind": "127.0.0.1"}');
        host.kill('SIGHUP');
        await told.until(() => count('READY=1') === 2);
        const reloading = messages().findIndex((text) => text.startsWith('RELOADING=1\nMONOTONIC_USEC='));
        expect(reloading).toBeGreaterThan(0);
        host.kill('SIGTERM');
        await told.until(() => count('STOPPING=1') === 1);
        expect(await ended).toEqual([0, null]);
        const lines = log.all.map((line) => JSON.parse(line) as { level: string; msg: string });
        expect(lines).toContainEqual(
          expect.objectContaining({
            level: 'info',
            msg: expect.stringMatching(/read anew.* next start: bind\./),
          }),
        );
      } finally {
        python.kill('SIGKILL');
      }
    },
  );

  it('serves without a manager that can be told, and says so once', async () => {
    const host = start(['serve', '--port', '0', '--json', '--data-dir', headless.dataDir], {
      NOTIFY_SOCKET: join(headless.dataDir, 'nobody'),
      WATCHDOG_USEC: '200000',
      PATH: '/nonexistent',
    });
    const [out, said] = [new Lines(host, 'stdout'), new Lines(host, 'stderr')];
    await out.until((lines) => lines.length > 0);
    await said.until((lines) => lines.length > 0);
    host.kill('SIGTERM');
    await once(host, 'close');
    expect(said.all).toHaveLength(1);
    expect(said.all[0]).toContain('The service manager cannot be told that READY=1');
  });

  it('prints the settings in force and what says so, and starts nothing', async () => {
    await writeFile(join(headless.dataDir, 'machine.json'), '{\n  "port": 1,\n  "bind": "127.0.0.1"\n}');
    await writeFile(join(headless.dataDir, 'config.json'), '{ "log": { "level": "warning" } }');
    const given = ['config', '--data-dir', headless.dataDir, '--max-clients', '5'];
    const [status, printed, said] = await run(given, { PULSEWIRE_PORT: '2' });
    expect([status, said]).toEqual([0, '']);
    expect(printed).toMatch(/^port = 2 +PULSEWIRE_PORT$/m);
    expect(printed).toMatch(/^bind = "127\.0\.0\.1" +\S+machine\.json:3$/m);
    expect(printed).toMatch(/^log\.level = "warning" +\S+config\.json:1$/m);
    expect(printed).toMatch(/^limits\.maxClients = 5 +--max-clients$/m);
    expect(printed).not.toContain('default');
    const [, all] = await run([...given, '--all', '--json']);
    const { settings } = JSON.parse(all) as { settings: { key: string; value: unknown; from: string }[] };
    expect(settings).toContainEqual({ key: 'sharing.enabled', value: false, from: 'default' });
    expect(settings).toContainEqual({
      key: 'port',
      value: 1,
      from: expect.stringContaining('machine.json:2'),
    });
  });

  it.each(['serve', 'config'])('refuses a value that makes no sense by its source: %s', async (command) => {
    const config = join(headless.dataDir, 'config.json');
    const here = [command, '--data-dir', headless.dataDir];
    const refused = async (...given: Parameters<typeof start>): Promise<string> => {
      const [status, out, said] = await run(...given);
      expect([status, out, said.split('\n').length]).toEqual([2, '', 1]);
      return said;
    };
    expect(await refused(here, { PULSEWIRE_PORT: 'tcp://10.0.0.1:9740' })).toContain(
      'The variable PULSEWIRE_PORT is "tcp://10.0.0.1:9740", and must be a number.',
    );
    await mkdir(headless.dataDir, { recursive: true });
    await writeFile(config, '{\n  "port": "x"\n}');
    expect(await refused(here)).toContain(`${config} is broken, line 2, column 11: "port" must be a number.`);
    expect(await refused([...here, '--log-format', 'xml'])).toContain(
      "'--log-format <format>' argument 'xml' is invalid",
    );
  });
});
