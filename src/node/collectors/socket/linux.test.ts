import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Collector } from '../../../core/collector.ts';
import { FakeClock } from '../../../shared/lifecycle/fake-clock.ts';
import { socketRawSchema, type SocketRaw } from '../../../shared/series/raw/socket.ts';
import { readLinkTarget } from '../small-file.ts';
import { createLinuxSocketCollector } from './linux.ts';

const recorded = join(import.meta.dirname, '../fixtures/debian-13-desktop');
const signal = new AbortController().signal;
let clock: FakeClock;
let root: string;
let collector: Collector<'socket'> | null;

beforeEach(() => {
  clock = new FakeClock();
  root = mkdtempSync(join(tmpdir(), 'pulsewire-sockets-'));
  collector = null;
  cpSync(recorded, root, { recursive: true, verbatimSymlinks: true });
  write('etc/passwd', 'root:x:0:0::/root:/bin/sh\nanna:x:1000:1000::/home/anna:/bin/sh\n');
});

afterEach(async () => {
  await collector?.[Symbol.asyncDispose]?.();
  expect(clock.sleeping).toBe(0);
  expect(readdirSync('/proc/self/fd').filter((fd) => readLinkTarget(`/proc/self/fd/${fd}`)?.startsWith(`${root}/`))).toEqual([]); // prettier-ignore
  rmSync(root, { recursive: true });
});

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const remove = (path: string): void => rmSync(join(root, path), { force: true, recursive: true });

/** A process with these sockets among its descriptors. */
function run(pid: number, name: string, ...inodes: number[]): void {
  write(`proc/${pid}/comm`, `${name}\n`);
  mkdirSync(join(root, `proc/${pid}/fd`), { recursive: true });
  for (const [fd, inode] of inodes.entries())
    symlinkSync(`socket:[${inode}]`, join(root, `proc/${pid}/fd/${fd}`));
  symlinkSync('/dev/null', join(root, `proc/${pid}/fd/99`));
}

async function read(): Promise<SocketRaw> {
  collector ??= createLinuxSocketCollector({ clock, procRoot: join(root, 'proc'), sysRoot: '/nonexistent', etcRoot: join(root, 'etc') }); // prettier-ignore
  return v.parse(socketRawSchema, await collector.read(signal));
}

/** Reads until what threads and slices find beside the readings is found. */
async function readUntil(isSeen: (raw: SocketRaw) => boolean): Promise<SocketRaw> {
  await expect.poll(read, { timeout: 5_000, interval: 5 }).toSatisfy(isSeen);
  return read();
}
const ownersOf = ({ listeners }: SocketRaw): unknown[] => listeners.map(({ protocol, address, port, pid, processName, user }) => [protocol, address, port, pid, processName, user]); // prettier-ignore

describe('the sockets of a recorded machine', () => {
  it('are counted with IPv6 where TCP and UDP count it apart', async () => {
    expect(await read()).toMatchObject({
      activeOpens: 5_210,
      passiveOpens: 812,
      failedAttempts: 44,
      establishedResets: 901,
      receivedSegments: 9_912_345,
      sentSegments: 8_812_345,
      retransmittedSegments: 40_123,
      listenOverflows: 17,
      udpReceived: 71_002 + 998,
      udpSent: 69_001 + 1_001,
      udpErrors: 21 + 4,
      udpSockets: 14,
    });
  });

  it('are told by their states, over both families', async () => {
    const raw = await readUntil(({ tcpStates }) => tcpStates !== null);
    expect(raw.tcpStates).toEqual({ established: 2, synSent: 1, synReceived: 1, finWait1: 0, finWait2: 0, timeWait: 1, closed: 0, closeWait: 1, lastAck: 0, listen: 5, closing: 0 }); // prettier-ignore
    expect(raw).toMatchObject({ unixSockets: 1_113, tablesAgeMs: 0, listenersOmitted: 0 });
  });

  it('are shown with whose they are, TCP first, one process once for each address and port', async () => {
    run(812, 'sshd', 20_001, 20_004);
    run(1_500, 'node $(touch x)', 20_003);
    run(640, 'avahi', 20_006, 20_007);
    run(700, 'cupsd', 20_002, 20_005);
    const raw = await readUntil(({ listeners }) => listeners.length > 0 && listeners.every(({ pid }) => pid !== null)); // prettier-ignore
    expect(ownersOf(raw)).toEqual([
      ['tcp', '0.0.0.0', 22, 812, 'sshd', 'root'],
      ['tcp', '::', 22, 812, 'sshd', 'root'],
      ['tcp', '127.0.0.1', 631, 700, 'cupsd', 'root'],
      ['tcp', '::1', 631, 700, 'cupsd', 'root'],
      ['tcp', '127.0.0.1', 8_080, 1_500, 'node $(touch x)', 'anna'],
      ['udp', '0.0.0.0', 5_353, 640, 'avahi', '115'],
      ['udp', '::', 5_353, 640, 'avahi', '115'],
    ]);
    expect(raw.listenersRemedy).toBeNull();
  });
});

describe('tables of sockets', () => {
  const grow = (more: number): void => {
    const sockstat = 'sockets: used 1423\nTCP: inuse N orphan 0 tw 12 alloc 44 mem 6\nUDP: inuse 9 mem 3\n';
    write('proc/net/sockstat', sockstat.replace('N', String(more)));
  };
  const listen = (port: string, inode: number): void => write('proc/net/tcp', `  sl\n   0: 0100007F:${port} 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1\n`); // prettier-ignore

  it('are read again after five seconds where a counter says that something changed, else after a minute', async () => {
    await readUntil(({ tcpStates }) => tcpStates?.listen === 5);
    listen('1F91', 7);
    clock.freeze(30_000);
    await read();
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect((await read()).tcpStates?.listen).toBe(5);
    expect((await read()).tablesAgeMs).toBe(30_000);
    clock.freeze(30_000);
    expect((await readUntil(({ tcpStates }) => tcpStates?.listen === 3)).tablesAgeMs).toBe(0);
    listen('1F92', 8);
    grow(32);
    clock.freeze(5_000);
    const raw = await readUntil(({ listeners }) => listeners.some(({ port }) => port === 0x1f92));
    expect(raw.tablesAgeMs).toBe(0);
  });

  it('name the first of very many that listen, and count the others', async () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => `${at}: 0100007F:${(at + 1).toString(16).padStart(4, '0').toUpperCase()} 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 ${at + 50_000} 1\n`); // prettier-ignore
    write('proc/net/tcp', lines.join(''));
    const raw = await readUntil(({ tcpStates }) => (tcpStates?.listen ?? 0) >= 20_000);
    expect(raw.tcpStates?.listen).toBe(20_002);
    expect(raw.listeners.length + raw.listenersOmitted).toBe(20_000 + 2 + 2);
    expect(raw.listeners.length).toBeLessThanOrEqual(256);
  });

  it('are none in a container without them, which leaves states unknown and counters told', async () => {
    for (const name of ['tcp', 'tcp6', 'udp', 'udp6', 'protocols']) remove(`proc/net/${name}`);
    const raw = await readUntil(({ tablesAgeMs }) => tablesAgeMs !== null);
    expect(raw).toMatchObject({ tcpStates: null, unixSockets: null, listeners: [], activeOpens: 5_210 });
  });

  it('and counters that are all missing make the subject one that this kernel lacks', async () => {
    remove('proc/net');
    const isRefused = async (): Promise<string> => read().then(() => 'ok', (thrown: { code: string }) => thrown.code); // prettier-ignore
    await expect.poll(isRefused, { timeout: 5_000, interval: 5 }).toBe('unsupported');
  });

  it.each(['empty', 'cut', 'absurd', 'fifo'])('that are %s fail nobody', async (fault) => {
    for (const name of ['snmp', 'snmp6', 'netstat', 'sockstat', 'sockstat6', 'tcp', 'udp6', 'protocols']) {
      if (fault === 'empty') write(`proc/net/${name}`, '');
      if (fault === 'cut') write(`proc/net/${name}`, 'Tcp: RtoAlgorithm ActiveOpens\nTcp: 1 4');
      if (fault === 'absurd') write(`proc/net/${name}`, `Tcp: ActiveOpens InSegs\nTcp: -1 ${'9'.repeat(400)}\n:::::\n 0: zz:zz 0A\n 1: 0100007F:0016 00000000:0000 ZZ\nTCP: inuse -1\n${'x'.repeat(9_000)}`); // prettier-ignore
      if (fault === 'fifo') {
        remove(`proc/net/${name}`);
        execFileSync('mkfifo', [join(root, `proc/net/${name}`)]);
      }
    }
    const raw = await readUntil(({ tablesAgeMs }) => tablesAgeMs !== null);
    expect(raw).toMatchObject({ activeOpens: null, receivedSegments: null, listenOverflows: null, udpSockets: fault === 'empty' ? null : raw.udpSockets }); // prettier-ignore
    expect(raw.tcpStates).toMatchObject({ established: 1, listen: 2 });
  });
});

describe('the owner of a socket that listens', () => {
  it('is not looked for again before a minute has passed without success, and then found', async () => {
    await readUntil(({ listeners }) => listeners.length > 0);
    run(812, 'sshd', 20_001);
    clock.freeze(59_000);
    for (let turn = 0; turn < 20; turn++) await read();
    expect((await read()).listeners[0]?.pid).toBeNull();
    clock.freeze(12_000);
    const raw = await readUntil(({ listeners }) => listeners.some(({ pid }) => pid !== null));
    expect(raw.listeners.find(({ pid }) => pid !== null)).toMatchObject({ port: 22, processName: 'sshd' });
  });

  it('is another once the first has given it away, as a server does to its child', async () => {
    run(812, 'parent', 20_001);
    await readUntil(({ listeners }) => listeners.some(({ pid }) => pid === 812));
    remove('proc/812');
    run(900, 'child', 20_001);
    clock.freeze(10_000);
    const raw = await readUntil(({ listeners }) => listeners.some(({ pid }) => pid === 900));
    expect(raw.listeners.some(({ pid }) => pid === 812)).toBe(false);
  });

  it('comes with what to do about it where this process is in a container', async () => {
    mkdirSync(join(root, 'proc/self/ns'), { recursive: true });
    symlinkSync('pid:[4026532245]', join(root, 'proc/self/ns/pid'));
    const { listenersRemedy } = await readUntil(({ listenersRemedy: remedy }) => remedy !== null);
    expect(listenersRemedy).toContain(process.getuid?.() === 0 ? '--pid=host' : 'AmbientCapabilities');
  });
});
