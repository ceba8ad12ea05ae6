import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TcpStates } from '../../../shared/series/raw/socket.ts';
import { parseSockstat } from './counters.ts';
import { deriveListeners } from './listeners.ts';
import { SocketTally } from './parse-socket-table.ts';
import { SnmpTable } from './snmp-table.ts';
import { parseUnixSockets } from './socket-tables.ts';

const stateNumbers: Readonly<Record<keyof TcpStates, number>> = { established: 1, synSent: 2, synReceived: 3, finWait1: 4, finWait2: 5, timeWait: 6, closed: 7, closeWait: 8, lastAck: 9, listen: 10, closing: 11 }; // prettier-ignore
const names = Object.keys(stateNumbers) as (keyof TcpStates)[];

describe('a table of TCP', () => {
  it('has as many sockets in each state as were put in, of either family and any number', () => {
    const hex = (digits: number) => fc.string({ unit: fc.constantFrom(...'0123456789ABCDEF'), minLength: digits, maxLength: digits }); // prettier-ignore
    const socket = fc.record({ state: fc.constantFrom(...names), digits: fc.constantFrom(8, 32), number: fc.nat() }); // prettier-ignore
    fc.assert(
      fc.property(fc.array(socket), hex(32), hex(4), (sockets, address, port) => {
        const text = sockets.map(({ state, digits, number }) => `${String(number).padStart(4)}: ${address.slice(0, digits)}:${port} ${address.slice(0, digits)}:${port} ${stateNumbers[state].toString(16).padStart(2, '0').toUpperCase()} 00000000:00000000 00:00000000 00000000 0 0 ${number} 1\n`).join(''); // prettier-ignore
        const tally = new SocketTally('LE', 1_000);
        tally.take('tcp', Buffer.from(`  sl  local_address rem_address   st\n${text}`));
        for (const name of names) expect(tally.states[name]).toBe(sockets.filter(({ state }) => state === name).length); // prettier-ignore
        expect(tally.listening).toHaveLength(tally.states.listen);
      }),
    );
  });

  it('has nothing else in it, whatever bytes there are', () => {
    const piece = fc.constantFrom(':', ' ', '\n', '0A', '00000000', '0:', '0000', 'F'.repeat(32));
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 400 }).map((raw) => Buffer.from(raw)), fc.array(piece, { maxLength: 60 }).map((pieces) => Buffer.from(pieces.join('')))); // prettier-ignore
    fc.assert(
      fc.property(bytes, (lines) => {
        const tally = new SocketTally('LE', 10);
        tally.take('tcp', lines);
        tally.take('udp', lines);
        for (const { port, uid, inode } of tally.listening) expect([port, uid, inode].every((figure) => Number.isInteger(figure) && figure >= 0)).toBe(true); // prettier-ignore
      }),
      { numRuns: 5_000 },
    );
  });

  it('counts requests that SYN cookies keep out of memory among those received', () => {
    const tally = new SocketTally('LE', 10);
    tally.take(
      'tcp',
      Buffer.from('0: 00000000:0016 00000000:0000 0C x\n1: 00000000:0016 00000000:0000 0F x'),
    );
    expect(Object.values(tally.states).reduce((sum, count) => sum + count)).toBe(1);
    expect(tally.states.synReceived).toBe(1);
  });
});

describe('a pair of lines of snmp', () => {
  const table = () => new SnmpTable('Tcp: ', ['ActiveOpens', 'OutSegs', 'Missing']);

  it('is read by the names of its columns, wherever new kernels put them', () => {
    const tcp = table();
    expect(tcp.find('Ip: A\nIp: 1\nTcp: RtoMin ActiveOpens OutSegs InErrs\nTcp: 200 7 9 4\n')).toEqual({ ActiveOpens: 7, OutSegs: 9, Missing: null }); // prettier-ignore
    expect(tcp.find('Tcp: New OutSegs Newer ActiveOpens Missing\nTcp: 1 2 3 4 5\nUdp: 1\n')).toEqual({ ActiveOpens: 4, OutSegs: 2, Missing: 5 }); // prettier-ignore
    expect(tcp.find('Ip: A\nIp: 1\nTcp: RtoMin ActiveOpens OutSegs InErrs\nTcp: 200 8 10 4\n')).toEqual({ ActiveOpens: 8, OutSegs: 10, Missing: null }); // prettier-ignore
  });

  it.each(['', 'Tcp: ', 'Tcp: OutSegs\n', 'Tcp: OutSegs\nTcp: 12', 'Tcp: OutSegs\nUdp: 12\n', 'Tcp: OutSegs\nTcp: -1\n', `Tcp: OutSegs\nTcp: ${'9'.repeat(30)}\n`, 'XTcp: OutSegs\nXTcp: 5\n'])('tells nothing of %j', (text) => {
    expect(table().find(text).OutSegs).toBeNull();
  }); // prettier-ignore

  it('never throws and never tells what is no count', () => {
    const piece = fc.constantFrom('Tcp: ', 'OutSegs', '\n', ' ', '5', '-1', 'ActiveOpens');
    fc.assert(
      fc.property(fc.array(fc.array(fc.oneof(piece, fc.string())), { maxLength: 4 }), (texts) => {
        const tcp = table();
        for (const pieces of texts) {
          for (const count of Object.values(tcp.find(pieces.join('')))) expect(count === null || (Number.isFinite(count) && count >= 0)).toBe(true); // prettier-ignore
        }
      }),
    );
  });
});

it('sockstat without a line leaves that unknown', () => {
  expect(parseSockstat('', '')).toMatchObject({ udp: null, udp6: null, tcpMemoryPages: null });
  expect(parseSockstat('sockets: used 1\nTCP: inuse 3 orphan 0 tw 1 alloc 4 mem 7\nUDP: inuse 2 mem 1\n', 'TCP6: inuse 1\nUDP6: inuse 4\n')).toEqual({ udp: 2, udp6: 4, tcpMemoryPages: 7, changing: 'inuse 3 orphan 0 tw 1 2 1 4' }); // prettier-ignore
});

it('unix sockets of both kinds are counted, and unknown where the kernel does not', () => {
  expect(parseUnixSockets('UNIX-STREAM 1024    812     -1\nUNIX      1024    301     -1\nUNIXX? 1 z 3\n')).toBe(1_113); // prettier-ignore
  expect(parseUnixSockets('TCP       2304     31\n')).toBeNull();
});

describe('what is said of owners that are not known', () => {
  const socket = { protocol: 'tcp', address: '::', port: 80, uid: 0, inode: 5 } as const;
  const derive = (
    isRefused: boolean,
    isContained: boolean,
    ...[owner = 'sought']: ('sought' | 'not yet')[]
  ) =>
    deriveListeners([socket], {
      get: () => (owner === 'sought' ? null : undefined),
      nameOfUser: String,
      isRefused,
      isContained,
    });

  it('is how to be allowed to see them, or that they are outside, or nothing where the kernel is the owner', () => {
    expect(derive(true, true).listenersRemedy).toContain('CAP_SYS_PTRACE CAP_DAC_READ_SEARCH');
    expect(derive(false, true).listenersRemedy).toContain('--pid=host');
    expect(derive(false, false).listenersRemedy).toBeNull();
  });

  it('is nothing while they have not been looked for', () => {
    expect(derive(true, true, 'not yet')).toEqual({ listeners: [{ protocol: 'tcp', address: '::', port: 80, pid: null, processName: null, user: '0' }], listenersRemedy: null }); // prettier-ignore
  });
});
