import { describe, expect, it } from 'vitest';
import { HostGuard, parseRequestOrigin } from './host-guard.ts';
import { hostCases, originCases } from './testing/host-origin-cases.ts';

const port = 9740;
const guard = new HostGuard({ port, addresses: () => ['192.168.1.20', 'fe80::1'], hostName: 'Desk' });
const hosts = hostCases(port, 'desk', '192.168.1.20');
const origins = originCases(port, 'desk', '192.168.1.20');

describe('HostGuard', () => {
  it('has a matrix of more than forty cases', () => {
    expect(hosts.length * origins.length).toBeGreaterThan(40);
  });

  for (const host of hosts) {
    it(`${host.own ? 'lets only our own pages and programs in' : 'lets nobody in'} where Host is ${JSON.stringify(host.values)}`, () => {
      for (const origin of origins) {
        const verdict = guard.judge({ hosts: host.values, origins: origin.values });
        expect([origin.values, verdict.allowed]).toEqual([origin.values, host.own && origin.own]);
        if (host.own && !verdict.allowed) expect(verdict.status).toBe(403);
      }
    });
  }

  it('takes a page’s Origin without a port only on port 80', () => {
    const onEighty = new HostGuard({ port: 80, addresses: () => [], hostName: '' });
    expect(onEighty.judge({ hosts: ['localhost'], origins: ['http://localhost'] }).allowed).toBe(true);
    expect(guard.judge({ hosts: ['localhost'], origins: ['http://localhost'] }).allowed).toBe(false);
  });

  it('finds every Host and Origin among raw headers, however they are written', () => {
    expect(parseRequestOrigin(['HOST', 'a', 'x', 'y', 'host', 'b', 'oRiGin', 'c'])).toEqual({
      hosts: ['a', 'b'],
      origins: ['c'],
    });
  });
});
