import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { SocketClient } from '../node/server/testing/socket-client.ts';
import { diagnosticsReportSchema, type DiagnosticsReport } from '../shared/protocol/diagnostics-report.ts';
import { prepareHeadless } from './testing/headless-fixture.ts';

describe('pulsewire diagnose', () => {
  const headless = prepareHeadless('pulsewire-alicequist-');
  const run = async (
    ...args: string[]
  ): Promise<{ status: number | null; stdout: string; stderr: string }> => {
    const started = headless.start(...args, '--data-dir', headless.dataDir);
    const { status } = await started.exited;
    return { status, stdout: started.stdout, stderr: started.stderr };
  };
  const diagnose = async (...args: string[]): Promise<DiagnosticsReport> => {
    const { stdout, stderr } = await run('diagnose', '--out', '-', ...args);
    expect(stderr).toBe('');
    const report: unknown = JSON.parse(stdout);
    expect(v.parse(diagnosticsReportSchema, report)).toEqual(report);
    return report as DiagnosticsReport;
  };

  it('names the scope of a viewer while it is there and none afterwards, and nobody’s name', async () => {
    const token = (await run('token', 'create', '--name', 'Alicequist iPhone')).stdout.trim();
    const host = headless.start('--port', '0', '--json', '--data-dir', headless.dataDir);
    const { port, pairingCode } = JSON.parse(await host.firstLine()) as { port: number; pairingCode: string };
    const viewer = new SocketClient(port);
    await viewer.opened;
    viewer.hello(token);
    await viewer.next('welcome');
    viewer.send({ type: 'subscribe', id: 'main', topics: ['cpu'], intervalMs: 1_000 });
    await viewer.next('sample');

    const report = await diagnose();
    expect(report.about.madeBy).toBe('host');
    expect(report.live?.clients).toMatchObject([
      { scopeName: 'client 1', kind: 'socket', grant: 'view', state: 'live', subscriptions: 1 },
    ]);
    expect(report.live?.collectors.find(({ subject }) => subject === 'cpu')).toMatchObject({
      state: 'active',
    });
    expect(report.configuration.settings).toContainEqual(
      expect.objectContaining({ key: 'port', value: '0' }),
    );
    const text = JSON.stringify(report).toLowerCase();
    const planted = [
      token,
      pairingCode,
      'alicequist',
      headless.dataDir,
      '127.0.0.1',
      userInfo().homedir,
      hostname(),
    ];
    for (const each of planted) expect(text.includes(each.toLowerCase()), each).toBe(false);
    const full = await diagnose('--full');
    expect(full.live?.clients[0]).toMatchObject({ name: 'Alicequist iPhone', address: '127.0.0.1' });
    expect(JSON.stringify(full)).not.toContain(token);

    viewer.socket.close();
    await viewer.closed;
    await vi.waitFor(async () => expect((await diagnose()).live?.clients).toEqual([]), 10_000);
    // What the command itself needed is gone with it.
    expect((await run('token', 'list')).stdout.trimEnd().split('\n')).toHaveLength(2);
  });

  it('does without a host, and with one that is silent, and says so', async () => {
    await writeFile(
      join(headless.dataDir, 'config.json'),
      '{"port": "alicequist", "budget": {"cpuShare": 0.01}}',
    );
    await mkdir(join(headless.dataDir, 'alicequist'));
    const alone = await diagnose();
    expect(alone).toMatchObject({ live: null, notLive: 'No host runs on the data folder.' });
    expect(alone.about.madeBy).toBe('commandLine');
    expect(alone.configuration).toMatchObject({
      settings: [{ key: 'budget.cpuShare', value: '0.01' }],
      problems: [{ line: 1, message: 'must be a number' }],
    });
    expect(JSON.stringify(alone)).not.toContain('alicequist');

    await writeFile(join(headless.dataDir, 'config.json'), '{}');
    const host = headless.start('--port', '0', '--json', '--data-dir', headless.dataDir);
    await host.firstLine();
    host.child.kill('SIGSTOP');
    expect(await diagnose()).toMatchObject({
      live: null,
      notLive: 'The host that runs did not answer within 5 s.',
    });
    host.child.kill('SIGKILL');
    await host.exited;
    expect(await diagnose()).toMatchObject({ notLive: 'No host runs on the data folder.' });
  });

  it('writes one file for its owner, prints its path, and replaces none unasked', async () => {
    const out = join(headless.dataDir, 'bundle.json');
    const first = await run('diagnose', '--out', out);
    expect(first).toMatchObject({ status: 0, stdout: `${out}\n` });
    expect(first.stderr).toMatch(/Read this before you pass it on/);
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    const written = await readFile(out, 'utf8');
    expect(written).toMatch(/^\{\n {2}"about": \{\n {4}"what": "Pulsewire diagnostics",/);
    expect(await run('diagnose', '--out', out)).toMatchObject({ status: 2, stdout: '' });
    expect(await readFile(out, 'utf8')).toBe(written);
    expect(await run('diagnose', '--out', out, '--force')).toMatchObject({ status: 0 });
  });
});
