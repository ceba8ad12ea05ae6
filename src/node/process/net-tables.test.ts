import { describe, expect, it } from 'vitest';
import { formatAddress, parseInternetSockets, parseUnixSockets, type SocketsByInode } from './net-tables.ts';

const tcp = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 11 1 0000000000000000 100 0 0 10 0
   1: 0F02000A:0016 0202000A:8CB2 01 00000000:00000000 02:000A0F0F 00000000     0        0 12 2 0000000000000000 20 4 30 10 -1
   2: 0F02000A:0016 0202000A:8CB3 06 00000000:00000000 03:00000F0F 00000000     0        0 0 3 0000000000000000
`;
const unix = `Num       RefCount Protocol Flags    Type St Inode Path
0000000000000000: 00000002 00000000 00010000 0001 01 21 /run/a b.sock
0000000000000000: 00000003 00000000 00000000 0001 03 22
0000000000000000: 00000002 00000000 00000000 0002 01 23 @abstract
`;

describe('tables of sockets', () => {
  it('give those of TCP that are wanted, with addresses and states', () => {
    const found: SocketsByInode = new Map();
    parseInternetSockets(tcp, 'tcp', new Set(['11', '12', '99']), found);
    expect(Object.fromEntries(found)).toEqual({
      11: { protocol: 'tcp', local: '127.0.0.1:8080', remote: null, state: 'LISTEN' },
      12: { protocol: 'tcp', local: '10.0.2.15:22', remote: '10.0.2.2:36018', state: 'ESTABLISHED' },
    });
  });

  it('give no state of UDP, which has none', () => {
    const found: SocketsByInode = new Map();
    parseInternetSockets(tcp.replace(' 0A ', ' 07 '), 'udp', new Set(['11']), found);
    expect(found.get('11')).toMatchObject({ protocol: 'udp', remote: null, state: null });
  });

  it('give those of this machine alone by their paths, which may hold anything', () => {
    const found: SocketsByInode = new Map();
    parseUnixSockets(unix, new Set(['21', '22', '23']), found);
    expect([...found.values()].map(({ local, state }) => [local, state])).toEqual([
      ['/run/a b.sock', 'LISTEN'],
      ['', 'CONNECTED'],
      ['@abstract', null],
    ]);
  });

  it('give nothing of what is cut short or of another form', () => {
    const found: SocketsByInode = new Map();
    for (const text of ['', 'header', 'header\n 1: zz', `header\n${tcp.slice(100, 130)}`, '\0\0\n\0']) {
      parseInternetSockets(text, 'tcp', new Set(['11']), found);
      parseUnixSockets(text, new Set(['21']), found);
    }
    expect(found.size).toBe(0);
  });
});

describe('an address', () => {
  it.each([
    ['00000000:0050', '0.0.0.0:80'],
    ['00000000000000000000000000000000:0016', '[::]:22'],
    ['00000000000000000000000001000000:0277', '[::1]:631'],
    ['0000000000000000FFFF00000100007F:1F90', '[::ffff:127.0.0.1]:8080'],
    ['B80D0120000000000000000001000000:0001', '[2001:db8::1]:1'],
    ['B80D0120000001000000000002000000:0001', '[2001:db8:1::2]:1'],
  ])('%s is %s', (text, address) => {
    expect(formatAddress(text)).toBe(address);
  });
});
