import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClientSession } from '../../core/client-session.ts';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import type { ProcessDetails } from '../../shared/series/raw/process.ts';
import { ProcessTree } from '../collectors/process/testing/process-tree.ts';
import { auditEntrySchema, type AuditEntry } from '../audit/audit-entry.ts';
import { AuditLog } from '../audit/audit-log.ts';
import type { ProbeClient } from '../probe/probe-client.ts';
import { createInspect, createProcessMethods } from './process-methods.ts';

const session = {
  id: 'i.4',
  name: 'phone',
  kind: 'socket',
  address: '127.0.0.1',
  grant: { scope: 'control', tokenId: 'abcdefabcdef', name: 'phone' },
} as unknown as ClientSession;
let tree: ProcessTree;
let folder: string;
let path: string;
let killed: string[];
let logged: string[];
let methods: ReturnType<typeof createProcessMethods>;

const openLog = (): AuditLog =>
  new AuditLog({ path, clock: new FakeClock(), log: (_, message) => void logged.push(message) });

beforeEach(() => {
  tree = new ProcessTree();
  folder = mkdtempSync(join(tmpdir(), 'pulsewire-audit-'));
  path = join(folder, 'audit.log');
  [killed, logged] = [[], []];
  tree.put(70, { name: 'victim', startTicks: 500, command: 'victim --password=x\0' });
  methods = createProcessMethods({
    audit: openLog(),
    system: {
      procRoot: tree.root,
      ownPid: 99,
      kill: (pid, signal) => void killed.push(`${signal} ${pid}`),
      setPriority: (thread, priority) => void killed.push(`nice ${priority} ${thread}`),
    },
    inspect: async (identity) => identity as unknown as ProcessDetails,
  });
});

afterEach(() => {
  tree[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

const call = async (method: string, params: Record<string, unknown>): Promise<unknown> =>
  methods[method]!(params, session);
const lines = (): AuditEntry[] =>
  readFileSync(path, 'utf8').trimEnd().split('\n').map((line) => v.parse(auditEntrySchema, JSON.parse(line))); // prettier-ignore
const target = { pid: 70, startTicks: 500 };

describe('what is done to a process', () => {
  it('is put on record before and after: who, what, to whom, when', async () => {
    await expect(call('process.signal', { ...target, action: 'end' })).resolves.toBeNull();
    await call('process.renice', { ...target, nice: 5 });
    expect(killed).toEqual(['SIGTERM 70', 'nice 5 70']);
    const rest = { time: '2026-01-01T00:00:00.000Z', who: { kind: 'socket', client: 'i.4', device: 'abcdefabcdef', name: 'phone', scope: 'control', address: '127.0.0.1' }, code: null, message: null }; // prettier-ignore
    const [signal, renice] = [
      { ...rest, event: 'process.signal' },
      { ...rest, event: 'process.renice' },
    ];
    expect(lines()).toEqual([
      { ...signal, what: { ...target, wanted: 'end' }, outcome: 'asked' },
      { ...signal, what: { ...target, wanted: 'end', processName: 'victim' }, outcome: 'done' },
      { ...renice, what: { ...target, wanted: 5 }, outcome: 'asked' },
      { ...renice, what: { ...target, wanted: 5, processName: 'victim' }, outcome: 'done' },
    ]);
    expect(readFileSync(path, 'utf8')).not.toMatch(/password/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is put on record where it is refused too', async () => {
    const stale = { ...target, startTicks: 1, action: 'kill' };
    await expect(call('process.signal', stale)).rejects.toMatchObject({ code: 'notFound' });
    await expect(call('process.signal', { ...target, action: 'explode' })).rejects.toMatchObject({ code: 'invalidArgument' }); // prettier-ignore
    await expect(call('process.renice', { ...target, nice: 40 })).rejects.toMatchObject({ code: 'invalidArgument' }); // prettier-ignore
    expect(killed).toEqual([]);
    expect(lines().map(({ what, outcome, code }) => [what.wanted, outcome, code])).toEqual([
      ['kill', 'asked', null], ['kill', 'refused', 'notFound'],
      ['explode', 'asked', null], ['explode', 'refused', 'invalidArgument'],
      [40, 'asked', null], [40, 'refused', 'invalidArgument'],
    ]); // prettier-ignore
  });

  it.each([0, -1, 1.5, NaN, '70', null, 2 ** 60])('is refused for %s in place of a pid', async (pid) => {
    const wanted = { startTicks: 500, action: 'kill', pid };
    await expect(call('process.signal', wanted)).rejects.toMatchObject({ code: 'invalidArgument' });
    expect(killed).toEqual([]);
  });

  it('is not done where it cannot be put on record', async () => {
    mkdirSync(path);
    const refused = { code: 'io', message: expect.stringContaining('Nothing was done') as string };
    await expect(call('process.signal', { ...target, action: 'kill' })).rejects.toMatchObject(refused);
    rmSync(path, { recursive: true });
    execFileSync('ln', ['-s', '/dev/full', path]);
    await expect(call('process.signal', { ...target, action: 'kill' })).rejects.toMatchObject(refused);
    expect(killed).toEqual([]);
  });

  it('is answered where only its outcome cannot be put on record, which is said elsewhere', async () => {
    const after = createProcessMethods({
      audit: openLog(),
      system: { procRoot: tree.root, ownPid: 99, setPriority: () => undefined, kill: () => {
        rmSync(path);
        mkdirSync(path);
      } },
      inspect: async () => ({}) as ProcessDetails,
    }); // prettier-ignore
    expect(await after['process.signal']!({ ...target, action: 'end' }, session)).toBeNull();
    expect(logged).toEqual([expect.stringContaining('cannot be written')]);
  });
});

describe('the record', () => {
  it('is added to, and is for its owner alone from then on', async () => {
    writeFileSync(path, 'what was there\n');
    chmodSync(path, 0o644);
    await call('process.signal', { ...target, action: 'end' });
    expect(readFileSync(path, 'utf8')).toMatch(/^what was there\n\{"time"/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('keeps each entry on one line of plain letters, whatever a process is called', async () => {
    tree.put(70, { name: 'a\nb\u001b[2J\u009b1m\u202e', startTicks: 500 });
    await call('process.signal', { ...target, action: 'end' });
    expect(readFileSync(path, 'latin1')).toMatch(/^[\x20-\x7e]+\n[\x20-\x7e]+\n$/);
    expect(lines()[1]?.what.processName).toBe('a\nb\u001b[2J\u009b1m\u202e');
  });

  it('is not made by looking at a process', async () => {
    expect(await call('process.inspect', { ...target, more: 1 })).toEqual(target);
    await expect(call('process.inspect', { pid: 70 })).rejects.toMatchObject({ code: 'invalidArgument' });
    expect(existsSync(path)).toBe(false);
  });
});

it('reads a process once for all who ask for it at a time', async () => {
  let calls = 0;
  const answers: ((value: unknown) => void)[] = [];
  const probe = {
    call: () => new Promise((resolve) => answers.push((calls++, resolve))),
  } as unknown as ProbeClient;
  const inspect = createInspect(probe);
  const [first, second, other] = [inspect(target), inspect(target), inspect({ ...target, pid: 71 })];
  for (const answer of answers) answer('details');
  expect(await Promise.all([first, second, other])).toEqual(['details', 'details', 'details']);
  expect(calls).toBe(2);
  void inspect(target);
  expect(calls).toBe(3);
});
