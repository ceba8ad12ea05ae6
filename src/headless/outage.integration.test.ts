import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTestServer } from '../node/server/testing/test-server.ts';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import { buildHeadless, HeadlessProcess, removeBuild } from './testing/built-headless.ts';
import type { Seen } from './testing/test-viewer.ts';
import { TestViewer } from './testing/test-viewer.ts';
import { Watcher } from './testing/watcher.ts';

const until = async (what: string, isReached: () => boolean, withinMs = 15_000): Promise<void> => {
  const startMs = systemClock.monotonic();
  while (!isReached()) {
    if (systemClock.monotonic() - startMs > withinMs) throw new Error(`${what}: not within ${withinMs} ms.`);
    await systemClock.sleep(20);
  }
};

/** Asserts that every number from the first to the last came once, or was told to be lost. */
function expectComplete({ samples, seams }: Seen): void {
  const seqs = samples.map(({ seq }) => seq);
  const lost = seams.flatMap(({ fromSeq, toSeq }) =>
    fromSeq === undefined ? [] : Array.from({ length: toSeq! - fromSeq + 1 }, (_, index) => fromSeq + index),
  );
  const all = [...seqs, ...lost].sort((one, other) => one - other);
  expect(all).toEqual(all.map((_, index) => all[0]! + index));
}

describe.concurrent('a process that is stopped or killed', () => {
  let entry: string;
  beforeAll(async () => {
    entry = await buildHeadless({ watching: 'src/headless/testing/watching.ts' });
  });
  afterAll(() => removeBuild(entry));

  /** Runs with a data folder of its own, and ends all that was started. */
  async function withHosts(
    run: (start: (...args: string[]) => HeadlessProcess, dataDir: string) => Promise<void>,
  ): Promise<void> {
    const dataDir = await mkdtemp(join(tmpdir(), 'pulsewire-outage-'));
    const started: HeadlessProcess[] = [];
    try {
      await run((...args) => {
        const host = new HeadlessProcess(entry, [...args, '--data-dir', dataDir]);
        started.push(host);
        return host;
      }, dataDir);
    } finally {
      for (const { child } of started) child.kill('SIGKILL');
      await Promise.all(started.map(({ exited }) => exited));
      await rm(dataDir, { recursive: true, force: true });
    }
  }
  async function listening(host: HeadlessProcess): Promise<{ url: string; port: number }> {
    return JSON.parse(await host.firstLine()) as { url: string; port: number };
  }
  async function makeToken(start: (...args: string[]) => HeadlessProcess): Promise<string> {
    const made = start('token', 'create', '--name', 'outage');
    await made.exited;
    return made.stdout.trim();
  }

  it('a viewer, for 5 s: it gets a gap, a snapshot and what is live, in the same session', async () => {
    await using server = await startTestServer();
    const token = await server.token();
    const viewer = new Watcher(join(entry, '..', 'watching.js'), { url: server.url, token, intervalMs: 250 });
    try {
      await until('samples', () => viewer.seqs.length >= 4);
      viewer.process.child.kill('SIGSTOP');
      await systemClock.sleep(5_000);
      viewer.process.child.kill('SIGCONT');
      const count = viewer.seqs.length;
      await until('samples again', () => viewer.seqs.length >= count + 12);
      const { states, seams, samples } = viewer.seen;
      expect(states.filter(({ phase }) => phase === 'connecting')).toHaveLength(1);
      expect(seams.map(({ reason }) => reason)).toEqual(['lost']);
      const afterGap = samples.find(({ seq }) => seq > seams[0]!.toSeq!);
      expect(afterGap?.type).toBe('snapshot');
      expectComplete(viewer.seen);
    } finally {
      viewer.process.child.kill('SIGKILL');
    }
  });

  it('a viewer, for longer than the host puts up with: it reads why it was closed, and comes back', async () => {
    await using server = await startTestServer({ queueCloseAfterMs: 3_000 });
    const token = await server.token();
    const viewer = new Watcher(join(entry, '..', 'watching.js'), { url: server.url, token, intervalMs: 250 });
    const { monitor } = server.host;
    try {
      await until('samples', () => viewer.seqs.length >= 4);
      viewer.process.child.kill('SIGSTOP');
      await until('the close', () => monitor.sessionCount === 0, 20_000);
      const [closed] = monitor.closedSessions();
      expect(closed!.reason).toMatch(/^slowConsumer: /);
      expect(closed!.ledger).toEqual({ timers: 0, subscriptions: 0, bufferedBytes: 0, requests: 0 });
      viewer.process.child.kill('SIGCONT');
      const count = viewer.seqs.length;
      await until('the viewer back', () => monitor.sessionCount === 1);
      await until('samples again', () => viewer.seqs.length >= count + 16);
      const lost = viewer.seen.states.find(({ phase }) => phase === 'backoff');
      expect(lost!.reason).toMatch(/^slowConsumer: /);
      expectComplete(viewer.seen);
    } finally {
      viewer.process.child.kill('SIGKILL');
    }
  });

  it('a viewer, by SIGKILL: its session is closed and nothing is left of it', async () => {
    await using server = await startTestServer();
    const token = await server.token();
    const viewer = new Watcher(join(entry, '..', 'watching.js'), { url: server.url, token, intervalMs: 250 });
    const { monitor } = server.host;
    await until('samples', () => viewer.seqs.length >= 2);
    viewer.process.child.kill('SIGKILL');
    await until('the close', () => monitor.sessionCount === 0, 2_000);
    const [closed] = monitor.closedSessions();
    expect(closed!.reason).toMatch(/^disconnected: /);
    expect(closed!.ledger).toEqual({ timers: 0, subscriptions: 0, bufferedBytes: 0, requests: 0 });
    expect([closed!.tasksLeft, server.logged]).toEqual([0, []]);
  });

  it('a host, by SIGKILL: started again on its port it knows its viewers, which are back and say where it began anew', async () => {
    await withHosts(async (start, dataDir) => {
      const host = start('--port', '0', '--json');
      const { port, url } = await listening(host);
      const token = await makeToken(start);
      await using viewer = new TestViewer({ url, token, intervalMs: 250 });
      await viewer.until(({ seqs }) => seqs.length >= 4);
      const filesBefore = await listFiles(dataDir);
      host.child.kill('SIGKILL');
      await host.exited;
      await viewer.until(({ phase }) => phase === 'backoff');
      // What says where the host is stays behind, and deceives nobody.
      const asked = start('pair');
      expect((await asked.exited).status).not.toBe(0);
      expect(asked.stderr).toContain('No host runs');
      expect(await listFiles(dataDir)).toEqual(filesBefore);

      const again = start('--port', String(port), '--json');
      expect((await listening(again)).port).toBe(port);
      const upMs = Date.now();
      const before = viewer.seen.samples.length;
      await viewer.until(({ seen, phase }) => phase === 'live' && seen.samples.length >= before + 4);
      const { samples, seams } = viewer.seen;
      expect(samples[before]!.atMs - upMs).toBeLessThan(3_000);
      // The new host's figures come after the seam, and none of the old one's do.
      expect(seams.map(({ reason }) => reason)).toEqual(['restarted']);
      expect(samples[before]!.atMs).toBeGreaterThanOrEqual(seams[0]!.atMs);
      const numbers = samples.slice(before, before + 4).map(({ seq }) => seq);
      // Numbers begin anew; the first may be over before there is a first reading of what is watched.
      expect(numbers[0]).toBeLessThan(4);
      expect(numbers).toEqual([0, 1, 2, 3].map((step) => numbers[0]! + step));
      again.child.kill('SIGTERM');
      expect((await again.exited).status).toBe(0);
      expect(await listFiles(dataDir)).toEqual(filesBefore.filter((path) => !path.endsWith('host.json')));
    });
  });

  it('a host, by SIGTERM: its port is free at once for the next, although a viewer holds the old one up', async () => {
    await withHosts(async (start) => {
      const host = start('--port', '0', '--json');
      const { port, url } = await listening(host);
      const token = await makeToken(start);
      const stuck = new WebSocket(`${url.replace('http', 'ws')}/v1/stream`, 'pulsewire.v1.json', {
        headers: { authorization: `Bearer ${token}` },
      });
      stuck.on('error', () => undefined);
      await new Promise((resolve) => stuck.once('open', resolve));
      (stuck as unknown as { _socket: { pause(): void } })._socket.pause();
      await using viewer = new TestViewer({ url, token, intervalMs: 250 });
      await viewer.until(({ seqs }) => seqs.length >= 2);

      host.child.kill('SIGTERM');
      await viewer.until(({ phase }) => phase === 'backoff');
      expect(viewer.seen.states.at(-1)!.reason).toMatch(/^shutdown: /);
      const next = start('--port', String(port), '--json');
      expect((await listening(next)).port).toBe(port);
      expect(host.child.exitCode).toBeNull();
      await viewer.until(({ phase, seqs }) => phase === 'live' && seqs.at(-1)! >= 2);
      expect((await host.exited).status).toBe(0);
      stuck.terminate();
    });
  });
});

/** Every file of a data folder, by path. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
