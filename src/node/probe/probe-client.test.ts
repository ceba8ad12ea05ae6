import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { ProbeClient } from './probe-client.ts';
import { childrenId } from './probe-messages.ts';
import { FakeProbe } from './testing/fake-probe.ts';

let clock: FakeClock;
let probes: FakeProbe[];
let client: ProbeClient;

beforeEach(() => {
  clock = new FakeClock();
  probes = [];
  client = new ProbeClient({ clock, spawnProbe: start });
});

function start(): FakeProbe {
  const probe = new FakeProbe();
  probes.push(probe);
  return probe;
}

/** Asks for the space of a path; the outcome is the answer, or the code of the error. */
function ask(path: string, signal?: AbortSignal): Promise<unknown> {
  const options = { key: path, deadlineMs: 1_000, ...(signal && { signal }) };
  return client.call('statfs', { path }, options).catch((thrown: unknown) => {
    if (thrown instanceof MonitorError) return thrown.code;
    throw thrown;
  });
}

const askLibrary = (topic: string): Promise<unknown> =>
  client
    .call('systeminformation', { topic }, { key: topic, deadlineMs: 1_000 })
    .catch((thrown: unknown) => (thrown as MonitorError).code);

/** A started process that has just said something. */
async function warmUp(): Promise<FakeProbe> {
  const first = ask('/');
  const probe = probes.at(-1)!;
  probe.ready();
  await clock.advance(10);
  probe.answer('/');
  await first;
  return probe;
}

describe('the client of the probe process', () => {
  it('starts nothing until something is asked, then one process for all', async () => {
    expect(probes).toHaveLength(0);
    const both = [ask('/'), ask('/home')];
    expect(probes).toHaveLength(1);
    probes[0]!.answer('/home', 2);
    probes[0]!.answer('/', 1);
    expect(await Promise.all(both)).toEqual([1, 2]);
    expect(clock.sleeping).toBe(0);
  });

  it('passes on what a call failed with', async () => {
    const outcomes = ['EACCES', 'unsupported', 'EIO'].map(async (code, index) => {
      const outcome = ask(`/${code}`);
      probes[0]!.reply({ id: index + 1, error: { code, message: 'No.' } });
      return outcome;
    });
    expect(await Promise.all(outcomes)).toEqual(['needsPermission', 'unsupported', 'io']);
  });

  it('gives null for what hangs and goes on with the rest, one call outstanding a mount', async () => {
    const probe = await warmUp();
    for (let tick = 0; tick < 5; tick++) {
      const [stuck, healthy] = [ask('/nas'), ask('/')];
      await clock.advance(1);
      probe.answer('/', 'fine');
      await clock.advance(2_000);
      expect([await stuck, await healthy]).toEqual(['timeout', 'fine']);
    }
    expect(probe.asked.filter(({ params }) => (params as { path: string }).path === '/nas')).toHaveLength(1);
    expect(probe.killed).toBe(0);
    expect(client.stuck()).toEqual(['statfs /nas']);
    probe.answer('/nas', 'back');
    expect(client.stuck()).toEqual([]);
    const again = ask('/nas');
    probe.answer('/nas', 'fine');
    expect(await again).toBe('fine');
  });

  it('replaces a process in which more than three calls hang, without waiting for its end', async () => {
    const probe = await warmUp();
    const stuck = ['/a', '/b', '/c', '/d'].map((path) => ask(path));
    const healthy = ask('/');
    await clock.advance(1);
    probe.answer('/', 'fine');
    await clock.advance(1_000);
    expect(await Promise.all(stuck)).toEqual(['timeout', 'timeout', 'timeout', 'timeout']);
    expect(await healthy).toBe('fine');
    expect(probe.killed).toBe(1);
    const next = ask('/');
    expect(probes).toHaveLength(2);
    probes[1]!.answer('/', 'fine');
    expect(await next).toBe('fine');
  });

  it('asks nothing again that hangs in a process which does not die, and asks again once it has', async () => {
    const probe = await warmUp();
    const stuck = ['/a', '/b', '/c', '/d'].map((path) => ask(path));
    await clock.advance(1_000);
    await Promise.all(stuck);
    await clock.advance(600_000);
    expect(await ask('/a')).toBe('timeout');
    expect(probes).toHaveLength(1);
    expect(client.stuck()).toContain('statfs /a');
    probe.exit();
    const again = ask('/a');
    probes[1]!.answer('/a', 'back');
    expect(await again).toBe('back');
    expect(client.stuck()).not.toContain('statfs /a');
  });

  it('names what the process waited for in vain, and leaves it alone for a while', async () => {
    const probe = await warmUp();
    for (const delayMs of [2_000, 4_000, 8_000]) {
      const outcome = ask('/tool');
      probe.reply({ id: probe.asked.at(-1)!.id, error: { code: 'timeout', message: 'It is silent.' } });
      expect(await outcome).toBe('timeout');
      expect(client.stuck()).toEqual(['statfs /tool']);
      await clock.advance(delayMs - 1);
      const count = probe.asked.length;
      expect(await ask('/tool')).toBe('timeout');
      expect(probe.asked).toHaveLength(count);
      await clock.advance(1);
    }
    const again = ask('/tool');
    probe.answer('/tool', 'fine');
    expect(await again).toBe('fine');
    expect(client.stuck()).toEqual([]);
    expect(probe.killed).toBe(0);
  });

  it('kills what the process had started together with it, and when it dies', async () => {
    for (const end of [() => client[Symbol.asyncDispose](), async () => probes.at(-1)!.exit()]) {
      client = new ProbeClient({ clock, spawnProbe: start });
      const probe = await warmUp();
      const child = spawn('sleep', ['60'], { stdio: 'ignore' });
      const gone = once(child, 'exit');
      probe.reply({ id: childrenId, value: [child.pid] });
      await end();
      expect(await gone).toEqual([null, 'SIGKILL']);
      await client[Symbol.asyncDispose]();
    }
  });

  it('asks what was killed ever more seldom, a minute apart at most', async () => {
    await warmUp();
    const asked: number[] = [];
    for (let second = 0; second < 400; second++) {
      const before = probes.reduce((sum, probe) => sum + probe.asked.length, 0);
      const outcome = ask('/nas');
      if (probes.reduce((sum, probe) => sum + probe.asked.length, 0) > before) asked.push(second);
      probes.at(-1)!.ready();
      await clock.advance(1_000);
      expect(await outcome).toBe('timeout');
      if (probes.at(-1)!.killed > 0) probes.at(-1)!.exit();
    }
    const pauses = asked.slice(1).map((second, index) => second - asked[index]!);
    expect(pauses.slice(0, 3)).toEqual([3, 5, 9]);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(62);
    expect(asked.length).toBeLessThan(12);
  });

  it('replaces a process that has stopped answering at all', async () => {
    const probe = await warmUp();
    const outcome = ask('/');
    await clock.advance(1_000);
    expect(await outcome).toBe('timeout');
    expect(probe.killed).toBe(1);
  });

  it('replaces the process at once where the library hangs', async () => {
    const probe = await warmUp();
    const [library, healthy] = [askLibrary('cpu'), ask('/')];
    await clock.advance(1);
    probe.answer('/');
    await clock.advance(1_000);
    expect(await library).toBe('timeout');
    expect(await healthy).toBe('/');
    expect(probe.killed).toBe(1);
  });

  it('lets a process start slowly, and replaces one that never does', async () => {
    const slow = ask('/');
    await clock.advance(1_500);
    expect(await slow).toBe('timeout');
    expect(probes[0]!.killed).toBe(0);
    expect(await ask('/')).toBe('timeout');
    await clock.advance(10_000);
    expect(await ask('/')).toBe('timeout');
    expect(probes[0]!.killed).toBe(1);
    probes[0]!.exit();
    await clock.advance(2_000);
    const again = ask('/');
    probes[1]!.answer('/');
    expect(await again).toBe('/');
  });

  it('fails what is under way when the process dies, and starts the next after a pause that grows', async () => {
    const pauses: number[] = [];
    for (let death = 0; death < 9; death++) {
      const outcome = ask('/');
      probes.at(-1)!.exit();
      expect(await outcome).toBe('unavailable');
      const died = clock.monotonic();
      while ((await Promise.race([ask('/'), clock.advance(0)])) === 'unavailable') await clock.advance(500);
      pauses.push(clock.monotonic() - died);
      probes.at(-1)!.exit();
      await clock.advance(0);
      await clock.advance(120_000);
    }
    expect(Math.max(...pauses)).toBeLessThanOrEqual(60_000);
    expect(pauses[0]).toBe(1_000);
    expect(pauses[1]).toBeGreaterThan(pauses[0]!);
  });

  it('takes an end for want of work for no failure', async () => {
    const probe = await warmUp();
    await clock.advance(30_000);
    probe.exit();
    const again = ask('/');
    expect(probes).toHaveLength(2);
    probes[1]!.answer('/');
    expect(await again).toBe('/');
  });

  it('does not ask a process that is about to end for want of work', async () => {
    const probe = await warmUp();
    await clock.advance(59_000);
    const again = ask('/');
    expect(probe.killed).toBe(1);
    probes[1]!.answer('/');
    expect(await again).toBe('/');
  });

  it('is unavailable where no process can be started', async () => {
    client = new ProbeClient({
      clock,
      spawnProbe: () => {
        throw new Error('No more processes.');
      },
    });
    await expect(client.call('statfs', { path: '/' }, { key: '/', deadlineMs: 1 })).rejects.toThrow(
      'could not be started: No more processes.',
    );
  });

  it('ends the wait, not the call, when its signal aborts', async () => {
    const probe = await warmUp();
    const controller = new AbortController();
    const outcome = ask('/nas', controller.signal);
    controller.abort(new MonitorError('aborted', 'Enough.'));
    expect(await outcome).toBe('aborted');
    expect(await ask('/nas')).toBe('timeout');
    expect(await ask('/', controller.signal)).toBe('aborted');
    expect(probe.asked).toHaveLength(2);
  });

  it('kills the process and rejects what is under way when disposed, once', async () => {
    const probe = await warmUp();
    const outcome = ask('/');
    await client[Symbol.asyncDispose]();
    await client[Symbol.asyncDispose]();
    expect(await outcome).toBe('closed');
    expect(await ask('/')).toBe('closed');
    expect(probe.killed).toBe(1);
    expect(clock.sleeping).toBe(0);
  });
});
