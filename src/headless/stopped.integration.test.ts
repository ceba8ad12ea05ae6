import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseServerMessage, type SampleMessage } from '../shared/protocol/index.ts';
import { deriveCpuRates } from '../shared/series/rates/cpu.ts';
import { buildHeadless, HeadlessProcess, removeBuild } from './testing/built-headless.ts';

const stoppedMs = 5_000;
const intervalMs = 500;

describe('a headless host that is stopped for some seconds by SIGSTOP', () => {
  let entry: string;
  let dataDir: string;
  let host: HeadlessProcess;
  beforeAll(async () => {
    entry = await buildHeadless();
    dataDir = await mkdtemp(join(tmpdir(), 'pulsewire-stopped-'));
    host = new HeadlessProcess(entry, ['--port', '0', '--json', '--data-dir', dataDir]);
  });
  afterAll(async () => {
    host.child.kill('SIGCONT');
    host.child.kill('SIGKILL');
    await host.exited;
    await removeBuild(entry);
    await rm(dataDir, { recursive: true, force: true });
  });

  it('marks that time once, makes up for no reading, and gives no false rate', async () => {
    const { url } = JSON.parse(await host.firstLine()) as { url: string };
    const token = new HeadlessProcess(entry, ['token', 'create', '--name', 'test', '--data-dir', dataDir]);
    await token.exited;
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/stream`, 'pulsewire.v1.json', {
      headers: { authorization: `Bearer ${token.stdout.trim()}` },
    });
    const samples: SampleMessage[] = [];
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'hello', protocol: 1, client: { name: 'test', version: '1' } }));
      socket.send(JSON.stringify({ type: 'subscribe', id: 'main', topics: ['cpu', 'memory'], intervalMs }));
    });
    socket.on('message', (data: Buffer) => {
      const message = parseServerMessage(data.toString());
      if (message.type === 'sample') samples.push(message);
    });
    const until = async (isReached: () => boolean): Promise<void> => {
      while (!isReached()) await delay(20);
    };
    await until(() => samples.length >= 4);
    host.child.kill('SIGSTOP');
    // What was on its way arrives; then there is silence.
    await delay(1_000);
    const before = samples.length;
    await delay(stoppedMs - 1_000);
    expect(samples).toHaveLength(before);
    host.child.kill('SIGCONT');
    const continuedMs = performance.now();
    await until(() => samples.length >= before + 6);
    const tookMs = performance.now() - continuedMs;
    socket.terminate();

    const after = samples.slice(before);
    // Six samples take five intervals, less what a grid point may lie before the first; a burst would take none.
    expect(tookMs).toBeGreaterThan(4 * intervalMs);
    expect(samples.filter(({ discontinuity }) => discontinuity !== undefined)).toEqual([after[0]]);
    expect(after[0]?.discontinuity).toBe('paused');
    expect(samples.map(({ seq }) => seq)).toEqual(samples.map((_, index) => samples[0]!.seq + index));
    for (const [index, sample] of samples.entries()) {
      if (index === 0) continue;
      const rates = deriveCpuRates(
        samples[index - 1]!.sections.cpu,
        sample.sections.cpu,
        sample.discontinuity,
      );
      if (sample === after[0]) expect(rates).toEqual({ status: 'gap', reason: 'paused' });
      else expect(rates.status).toBe('ok');
    }
  });
});
