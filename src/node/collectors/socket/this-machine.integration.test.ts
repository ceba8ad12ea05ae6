import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import { socketRawSchema, type SocketRaw } from '../../../shared/series/raw/socket.ts';
import { createLinuxSocketCollector } from './linux.ts';

const sources = { clock: systemClock, procRoot: '/proc', sysRoot: '/sys' };
const signal = new AbortController().signal;

/** How many TCP sockets `ss` finds in each state; null where it is not installed. */
function readSs(): Readonly<Record<string, number>> | null {
  try {
    const counts: Record<string, number> = {};
    for (const line of execFileSync('ss', ['-tanH'], { encoding: 'utf8' }).split('\n')) {
      const state = line.split(' ', 1)[0];
      if (state) counts[state] = (counts[state] ?? 0) + 1;
    }
    return counts;
  } catch {
    // Not installed: what the test opens itself is still looked for.
    return null;
  }
}

const shown = ({ tcpStates }: SocketRaw): unknown => tcpStates && [tcpStates.established, tcpStates.listen, tcpStates.closeWait]; // prettier-ignore
const listed = (ss: Readonly<Record<string, number>>): unknown => [ss['ESTAB'] ?? 0, ss['LISTEN'] ?? 0, ss['CLOSE-WAIT'] ?? 0]; // prettier-ignore

it.runIf(process.platform === 'linux')(
  'what this machine listens on and is connected to is found, with its process',
  async () => {
    const accepted: Socket[] = [];
    const server = createServer((socket) => accepted.push(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const datagrams = createSocket('udp6').bind(0, '::1');
    await once(datagrams, 'listening');
    const { port } = server.address() as AddressInfo;
    const clients = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const client = connect(port, '127.0.0.1');
        await once(client, 'connect');
        return client;
      }),
    );
    const collector = createLinuxSocketCollector(sources);
    const read = async (from = collector): Promise<SocketRaw> =>
      v.parse(socketRawSchema, await from.read(signal));
    try {
      const own = { address: '127.0.0.1', port, pid: process.pid, protocol: 'tcp' };
      await expect.poll(async () => (await read()).listeners, { timeout: 20_000 }).toContainEqual(expect.objectContaining(own)); // prettier-ignore
      const raw = await read();
      expect(raw.listeners).toContainEqual(expect.objectContaining({ protocol: 'udp', address: '::1', port: datagrams.address().port, pid: process.pid })); // prettier-ignore
      expect(raw.tcpStates?.established).toBeGreaterThanOrEqual(40);
      expect(raw.passiveOpens).toBeGreaterThanOrEqual(20);

      // Others come and go meanwhile: the same is found before and after where nobody did.
      if (readSs()) {
        await expect.poll(async () => {
        await using fresh = { collector: createLinuxSocketCollector(sources), [Symbol.asyncDispose]: async () => fresh.collector[Symbol.asyncDispose]?.() }; // prettier-ignore
        const before = listed(readSs()!);
        const found = shown(await read(fresh.collector));
        return JSON.stringify(before) === JSON.stringify(listed(readSs()!)) && JSON.stringify(found) === JSON.stringify(before); // prettier-ignore
      }, { timeout: 30_000, interval: 50 }).toBe(true); // prettier-ignore
      }
    } finally {
      await collector[Symbol.asyncDispose]?.();
      for (const socket of [...clients, ...accepted]) socket.destroy();
      server.close();
      datagrams.close();
    }
  },
  60_000,
);
