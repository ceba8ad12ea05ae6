import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuild } from '../../scripts/build.mjs';
import { packageServer } from '../../scripts/lib/package-server.mjs';
import { findObstacle, SystemdStage } from './testing/systemd-stage.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
/** Whoever that is: not root, and without a home. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const obstacle = findObstacle();

describe.runIf(process.platform === 'linux')('the archive of the server, unpacked elsewhere', () => {
  let folder: string;
  let program: string;
  let files: string[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pulsewire-archive-'));
    await chmod(folder, 0o755);
    await ensureBuild();
    const archive = await packageServer({ into: join(folder, 'dist'), fast: true });
    await mkdir(join(folder, 'opt'));
    await run('tar', ['-xzf', archive, '-C', join(folder, 'opt')]);
    program = join(folder, 'opt', basename(archive, '.tar.gz'));
    files = (await readdir(program, { recursive: true })).sort();
  }, 240_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('holds the program, a Node, units and licences, and nothing of Electron', async () => {
    for (const file of [
      'bin/pulsewire',
      'lib/pulsewire/node',
      'lib/pulsewire/app/out/main/headless.js',
      'lib/pulsewire/app/out/main/probe-process.js',
      'lib/pulsewire/app/out/renderer/index.html',
      'lib/systemd/system/pulsewire.service',
      'lib/systemd/user/pulsewire.service',
      'share/doc/pulsewire/examples/all-figures.conf',
      'share/man/man1/pulsewire.1',
      'share/bash-completion/completions/pulsewire',
      'share/zsh/site-functions/_pulsewire',
      'share/fish/vendor_completions.d/pulsewire.fish',
      'LICENSE',
    ]) {
      expect(files).toContain(file);
    }
    expect(files.filter((file) => /electron|\.map$|\.ts$/i.test(basename(file)))).toEqual([]);
    const licences = await readFile(join(program, 'THIRD-PARTY-LICENCES.txt'), 'utf8');
    for (const name of ['ws ', 'pino ', `Node.js ${process.version}`]) expect(licences).toContain(name);
    for (const file of files) expect((await stat(join(program, file))).mode & 0o022).toBe(0);
  });

  it('serves to whoever unpacked it, with no Node to be found, pairs, and ends cleanly', async () => {
    const dataDir = join(folder, 'state');
    await mkdir(dataDir);
    if (nobody.uid !== undefined) await run('chown', [`${nobody.uid}:${nobody.gid}`, dataDir]);
    const env = {
      PATH: '/nonexistent',
      PULSEWIRE_DATA_DIR: dataDir,
      PULSEWIRE_SYSTEM_CONFIG: '/nonexistent',
    };
    const start = (...args: string[]): ChildProcess =>
      spawn(join(program, 'bin', 'pulsewire'), args, {
        ...nobody,
        cwd: '/',
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
    const ask = async (...args: string[]): Promise<string> => {
      const child = start(...args);
      let text = '';
      child.stdout!.on('data', (chunk: Buffer) => (text += chunk.toString()));
      const [status] = (await once(child, 'close')) as [number];
      expect([args, status]).toEqual([args, 0]);
      return text;
    };
    const host = start('serve', '--port', '0', '--json');
    const ended = once(host, 'close');
    try {
      const [line] = (await once(host.stdout!, 'data')) as [Buffer];
      const { url } = JSON.parse(line.toString()) as { url: string };
      expect(await (await fetch(url)).text()).toContain('<!doctype html>');
      expect((await fetch(`${url}/docs/`)).status).toBe(200);
      const token = (await ask('token', 'create', '--name', 'ci', '--scope', 'view')).trim();
      const headers = { authorization: `Bearer ${token}` };
      const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
        version: string;
      };
      expect(JSON.stringify(await (await fetch(`${url}/v1/info`, { headers })).json())).toContain(version);
      expect(await (await fetch(`${url}/metrics`, { headers })).text()).toContain(
        'node_memory_MemTotal_bytes',
      );
      const code = /Code {3}([B-Z-]{9}) /.exec(await ask('pair'))![1]!;
      const paired = await fetch(`${url}/v1/pair`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code, name: 'phone' }),
      });
      expect(paired.status).toBe(200);
    } finally {
      host.kill('SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
  });

  it('has units that systemd takes, and a sandbox that it rates under 2.0', async (context) => {
    if ((await run('systemd-analyze', ['--version']).catch(() => null)) === null)
      context.skip('there is no systemd-analyze');
    const unit = await readFile(join(program, 'lib/systemd/system/pulsewire.service'), 'utf8');
    const units = join(folder, 'units');
    await mkdir(units);
    // It looks for the program, too, which is not at /opt here.
    const placed = unit.replace('/opt/pulsewire/bin/pulsewire', join(program, 'bin', 'pulsewire'));
    await writeFile(join(units, 'pulsewire.service'), placed);
    const { stdout, stderr } = await run('systemd-analyze', [
      'verify',
      '--man=no',
      join(units, 'pulsewire.service'),
    ]);
    expect(stdout + stderr).toBe('');
    const rated = await run('systemd-analyze', [
      'security',
      '--offline=true',
      '--no-pager',
      '--json=off',
      join(units, 'pulsewire.service'),
    ]);
    const level = Number(/Overall exposure level for pulsewire\.service: ([\d.]+)/.exec(rated.stdout)?.[1]);
    expect(level).toBeLessThan(2);
    expect(level).toBeGreaterThan(0);
  });

  it.skipIf(obstacle !== null)(
    `runs under a real systemd in its sandbox, is watched, reloads, and is restarted where it hangs${obstacle ? ` (${obstacle})` : ''}`,
    async () => {
      await using stage = await SystemdStage.start(
        {
          opt: { pulsewire: program },
          units: {
            'pulsewire.service': await readFile(
              join(program, 'lib/systemd/system/pulsewire.service'),
              'utf8',
            ),
            // The same but for its patience, which a test has not, and for a port that nobody has.
            'pulsewire.service.d/test.conf':
              '[Unit]\nDefaultDependencies=no\nWants=\nAfter=\n[Service]\nWatchdogSec=2\nRestartSec=100ms\nWatchdogSignal=SIGKILL\nStandardError=append:/run/errors\nStandardOutput=append:/run/output\n',
            'stage.target': '[Unit]\nDefaultDependencies=no\n',
          },
          settings: { 'config.json': '{ "port": 0, "sampling": { "intervalMs": 1000 } }' },
        },
        join(folder, 'stage'),
      );
      const errors = (): Promise<string> => stage.run('cat', '/run/errors');
      const failed = async (): Promise<string> =>
        `${await stage.ask('status', 'pulsewire.service')}\n${await errors()}`;
      // `start` resolves once it is ready, and fails where it is not.
      const started = await stage.ask('start', 'pulsewire.service');
      expect([started, await stage.show('pulsewire.service', 'ActiveState')], await failed()).toEqual([
        '',
        'active',
      ]);
      expect(await stage.show('pulsewire.service', 'StatusText')).toMatch(
        /^Serves at http:\/\/127\.0\.0\.1:\d+ to 0 viewers$/,
      );
      const url = /http:\S+/.exec(await stage.show('pulsewire.service', 'StatusText'))![0];
      const pid = await stage.show('pulsewire.service', 'MainPID');
      const status = await stage.run('cat', `/proc/${pid}/status`);
      expect(status).toMatch(/^Uid:\s+6\d{4}\s/m);
      expect(status).toMatch(/^CapEff:\s+0{16}$/m);
      expect(status).toMatch(/^Seccomp:\s+2$/m);

      // A token that root makes for it is its own to read.
      const inside = (...args: string[]): Promise<string> =>
        stage.run('/opt/pulsewire/bin/pulsewire', ...args, '--data-dir', '/var/lib/pulsewire');
      const token = await inside('token', 'create', '--name', 'ci');
      const metrics = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
      const text = await metrics.text();
      expect([metrics.status, text.slice(0, 200)]).toEqual([200, expect.stringContaining('# ')]);
      expect(text).toMatch(/^node_load1 \d/m);
      expect(text).toMatch(/^node_filesystem_readonly\{[^}]*mountpoint="\/"[^}]*\} 0$/m);

      // Longer than the watchdog waits: the signs of life are real.
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      expect(await stage.show('pulsewire.service', 'NRestarts')).toBe('0');
      await stage.run('sh', '-c', 'echo \'{"port": 1}\' > /etc/pulsewire/config.json');
      expect(await stage.ask('reload', 'pulsewire.service')).toBe('');
      while (!(await errors()).includes('With the next start: port'))
        await new Promise((resolve) => setTimeout(resolve, 50));
      await stage.run('sh', '-c', 'echo \'{"port": 0}\' > /etc/pulsewire/config.json');

      // Nothing runs in it any more, as where its loop hangs.
      await stage.run('kill', '-STOP', pid);
      while ((await stage.show('pulsewire.service', 'NRestarts')) !== '1')
        await new Promise((resolve) => setTimeout(resolve, 100));
      while ((await stage.show('pulsewire.service', 'ActiveState')) !== 'active')
        await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await stage.show('pulsewire.service', 'MainPID')).not.toBe(pid);
      expect(await stage.ask('stop', 'pulsewire.service')).toBe('');
      expect(await stage.show('pulsewire.service', 'Result')).toBe('success');
      await expect(fetch(url)).rejects.toThrow('fetch failed');
    },
    120_000,
  );
});
