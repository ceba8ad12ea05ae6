import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Collector } from '../../../core/collector.ts';
import { FakeClock } from '../../../shared/lifecycle/fake-clock.ts';
import { networkRawSchema, type InterfaceRaw, type NetworkRaw } from '../../../shared/series/raw/network.ts';
import { ProbeClient } from '../../probe/probe-client.ts';
import { readLinkTarget } from '../small-file.ts';
import { deriveAddresses } from './addresses.ts';
import { createLinuxNetworkCollector } from './linux.ts';
import { parseIpv4Routes, parseIpv6Routes } from './parse-routes.ts';
import { parseWireless } from './parse-wireless.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
let clock: FakeClock;
let client: ProbeClient;
let root: string;
let collector: Collector<'network'> | null;

beforeEach(() => {
  clock = new FakeClock();
  client = new ProbeClient({ clock, spawnProbe: () => expect.fail('Nothing here needs the probe process.') });
  root = mkdtempSync(join(tmpdir(), 'pulsewire-net-'));
  collector = null;
});

afterEach(async () => {
  await collector?.[Symbol.asyncDispose]?.();
  await client[Symbol.asyncDispose]();
  expect(clock.sleeping).toBe(0);
  if (process.platform === 'linux') expect(openBelow(root)).toEqual([]);
  rmSync(root, { recursive: true });
});

/** Files of the folder that this process has open. */
const openBelow = (folder: string): string[] =>
  readdirSync('/proc/self/fd')
    .map((fd) => readLinkTarget(`/proc/self/fd/${fd}`) ?? '')
    .filter((path) => path.startsWith(`${folder}/`));

const useMachine = (machine: string): void => cpSync(join(fixtures, machine), root, { recursive: true, verbatimSymlinks: true }); // prettier-ignore

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const counters = (...names: string[]): string => names.map((name) => `${name}: 1 2 0 0 0 0 0 0 3 4 0 0 0 0 0 0\n`).join(''); // prettier-ignore

async function read(): Promise<NetworkRaw> {
  collector ??= createLinuxNetworkCollector({ clock, procRoot: join(root, 'proc'), sysRoot: join(root, 'sys') }, client); // prettier-ignore
  return v.parse(networkRawSchema, await collector.read(new AbortController().signal));
}
const find = ({ interfaces }: NetworkRaw, name: string): InterfaceRaw => interfaces.find((entry) => entry.name === name)!; // prettier-ignore

/** Lets what is found beside readings, by real threads, be found. */
async function readUntil(isSeen: (raw: NetworkRaw) => boolean): Promise<NetworkRaw> {
  return await expect.poll(read, { timeout: 5_000, interval: 5 }).toSatisfy(isSeen).then(read);
}

describe('what is known of a link', () => {
  it('is its duplex, the size of its packets, and how often it came and went', async () => {
    useMachine('debian-13-desktop');
    expect(find(await read(), 'lan-renamed')).toMatchObject({ duplex: 'full', mtuBytes: 1_500, carrierChanges: 5, speedBitsPerSecond: 2.5e9, wifi: null, addresses: [] }); // prettier-ignore
  });

  it('is the signal of a wireless one, and little of a virtual one', async () => {
    useMachine('debian-10-laptop');
    const laptop = await read();
    expect(find(laptop, 'wlp3s0')).toMatchObject({ kind: 'wifi', carrierChanges: 7, mtuBytes: 1_500, wifi: { signalDbm: -56, quality: 54 / 70 } }); // prettier-ignore
    expect(find(laptop, 'docker0')).toMatchObject({ kind: 'virtual', wifi: null, mtuBytes: null });
  });

  it('is read again after five seconds, its speed only when the link came or went or after a minute', async () => {
    useMachine('debian-13-desktop');
    const folder = 'sys/class/net/lan-renamed';
    await read();
    write(`${folder}/mtu`, '9000');
    write(`${folder}/speed`, '1000');
    expect(find(await read(), 'lan-renamed').mtuBytes).toBe(1_500);
    clock.freeze(5_000);
    expect(find(await read(), 'lan-renamed')).toMatchObject({ mtuBytes: 9_000, speedBitsPerSecond: 2.5e9 });
    write(`${folder}/carrier_changes`, '7');
    clock.freeze(5_000);
    expect(find(await read(), 'lan-renamed')).toMatchObject({ carrierChanges: 7, speedBitsPerSecond: 1e9 });
    write(`${folder}/speed`, '100');
    clock.freeze(60_000);
    expect(find(await read(), 'lan-renamed').speedBitsPerSecond).toBe(1e8);
  });

  it('is that of another where one with its name has another index', async () => {
    write('proc/net/dev', counters('eth0'));
    write('sys/class/net/eth0/ifindex', '2');
    write('sys/class/net/eth0/type', '1');
    expect(find(await read(), 'eth0').kind).toBe('ethernet');
    write('sys/class/net/eth0/ifindex', '7');
    write('sys/class/net/eth0/type', '772');
    clock.freeze(5_000);
    expect(find(await read(), 'eth0')).toMatchObject({ index: 7, kind: 'loopback' });
  });

  it('is unknown where files are absurd or pipes', async () => {
    write('proc/net/dev', counters('eth0'));
    const folder = 'sys/class/net/eth0';
    for (const [file, text] of [['speed', '4294967295'], ['duplex', 'both'], ['mtu', '-1'], ['carrier_changes', ''], ['operstate', '\u001b[2J'], ['type', '1']]) write(`${folder}/${file}`, text!); // prettier-ignore
    execFileSync('mkfifo', [join(root, folder, 'ifindex')]);
    expect(find(await read(), 'eth0')).toMatchObject({ index: null, speedBitsPerSecond: null, duplex: null, mtuBytes: null, carrierChanges: null, state: 'down', rxBytes: 1 }); // prettier-ignore
  });

  it('is known of each of 200 links after one reading, under hostile names too', async () => {
    const names = [...Array.from({ length: 198 }, (_, at) => `veth${at}`), '$(touch${IFS}x)', '<b>\u001b[2J'];
    write('proc/net/dev', counters(...names));
    for (const [at, name] of names.entries()) write(`sys/class/net/${name}/ifindex`, String(at + 1));
    const raw = await read();
    expect(raw.interfaces.map(({ index }) => index)).toEqual(names.map((_, at) => at + 1)); // prettier-ignore
    expect(raw.interfaces.map(({ name }) => name)).toEqual(names);
  });
});

describe('a machine whose /proc/net/dev is not what it should be', () => {
  it.each([['empty', ''], ['cut off', 'Inter-|  Rec\n face |bytes\n  eth0: 12 3'], ['absurd', `${'9'.repeat(500)}:\n:::\n\0\n: 1 2 3`]])('has no links while it is %s', async (_, text) => {
    write('proc/net/dev', text);
    expect((await read()).interfaces).toEqual([]);
    write('proc/net/dev', counters('eth0'));
    expect((await read()).interfaces).toHaveLength(1);
  }); // prettier-ignore

  it('says so where a pipe is in its place, without waiting for it, and recovers', async () => {
    mkdirSync(join(root, 'proc/net'), { recursive: true });
    const path = join(root, 'proc/net/dev');
    execFileSync('mkfifo', [path]);
    await expect(read()).rejects.toMatchObject({ code: 'unsupported' });
    rmSync(path);
    writeFileSync(path, counters('eth0'));
    expect((await read()).interfaces).toHaveLength(1);
  });
});

describe('default routes', () => {
  it('are those of each family, the one in use first', async () => {
    useMachine('debian-13-desktop');
    expect((await read()).defaultRoutes).toEqual([
      { family: 'ipv4', interfaceName: 'lan-renamed', gateway: '192.168.1.254' },
      { family: 'ipv4', interfaceName: 'wlan0', gateway: '192.168.0.1' },
      { family: 'ipv6', interfaceName: '<img/onerr=', gateway: 'fe80::2' },
      { family: 'ipv6', interfaceName: 'lan-renamed', gateway: 'fe80::ff:fe00:1' },
    ]);
  });

  it('are looked for again when a link changed', async () => {
    useMachine('debian-13-desktop');
    await read();
    write('proc/net/route', '');
    write('proc/net/ipv6_route', '');
    write('sys/class/net/lan-renamed/operstate', 'down');
    clock.freeze(4_999);
    expect((await read()).defaultRoutes).toHaveLength(4);
    clock.freeze(1);
    await readUntil(({ defaultRoutes }) => defaultRoutes.length === 0);
  });

  it('are found among the 100 000 routes of a router, and are none without tables', async () => {
    write('proc/net/dev', counters('eth0'));
    expect((await read()).defaultRoutes).toEqual([]);
    const none = '0'.repeat(32);
    const line = (destination: string, length: string, gateway: string): string => `${destination} ${length} ${none} 00 ${gateway} 00000400 00000001 00000000 00000003     eth0\n`; // prettier-ignore
    const routes = Array.from({ length: 100_000 }, (_, at) => line(`2001${at.toString(16).padStart(28, '0')}`, '40', none)); // prettier-ignore
    write('proc/net/ipv6_route', [...routes, line(none, '00', `fe80${'0'.repeat(27)}9`)].join(''));
    clock.freeze(5_000);
    const raw = await readUntil(({ defaultRoutes }) => defaultRoutes.length > 0);
    expect(raw.defaultRoutes).toEqual([{ family: 'ipv6', interfaceName: 'eth0', gateway: 'fe80::9' }]);
  });

  it('end with the first route that is none in the IPv4 table', () => {
    const { routes, isOver } = parseIpv4Routes('eth0\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\nx\t00000101\t0\t1\t0\t0\t0\t0\nlate\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\n', 'LE'); // prettier-ignore
    expect([routes.map(({ interfaceName }) => interfaceName), isOver]).toEqual([['eth0'], true]);
    expect(parseIpv4Routes('eth0\t00000000\t0A000001\t0003\t0\t0\t0\t00000000', 'BE').routes[0]?.gateway).toBe('10.0.0.1'); // prettier-ignore
  });

  it('are never misread: no text makes the parsers throw or give what is no route', () => {
    const word = fc.constantFrom('eth0', '00000000', '0003', '0', '00', '0'.repeat(32), 'ffffffff', '\t', ' ', '\n', 'zz', '00000003'); // prettier-ignore
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string())), (words) => {
        for (const route of [
          ...parseIpv4Routes(words.join(' '), 'LE').routes,
          ...parseIpv6Routes(words.join(' ')),
        ]) {
          expect(route.metric).toBeGreaterThanOrEqual(0);
          expect(route.interfaceName).not.toBe('');
        }
        for (const { quality, signalDbm } of parseWireless(words.join('')).values()) expect(Number.isFinite(quality) && Number.isFinite(signalDbm ?? 0)).toBe(true); // prettier-ignore
      }),
      { numRuns: 2_000 },
    );
  });
});

it('a wireless signal that is not told in dBm has its quality only', () => {
  expect(parseWireless(' wl0: 0000  80.  200.  0.  0 0 0 0 0 0\n').get('wl0')).toEqual({ signalDbm: null, quality: 0.8 }); // prettier-ignore
  expect(parseWireless('Inter-| sta\n face | tus\n wl0: 0000 99. -256. 0 0\n').get('wl0')).toEqual({ signalDbm: null, quality: 0.99 }); // prettier-ignore
});

it('an address under an alias is one of its link', () => {
  expect(deriveAddresses({ eth0: ['10.0.0.1', 'fe80::1'], 'eth0:1': ['10.0.0.2'] })).toEqual(new Map([['eth0', ['10.0.0.1', 'fe80::1', '10.0.0.2']]])); // prettier-ignore
});
