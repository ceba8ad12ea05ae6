import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddressRange, TrustedProxies } from './trusted-proxies.ts';

const derive = (ranges: string[], peer: string, forwardedFor?: string | string[], proto?: string) =>
  new TrustedProxies(ranges).derive(peer, {
    ...(forwardedFor !== undefined && { 'x-forwarded-for': forwardedFor }),
    ...(proto !== undefined && { 'x-forwarded-proto': proto }),
  });

describe('a range of addresses', () => {
  it.each([
    ['127.0.0.1', { address: '127.0.0.1', family: 'ipv4', prefix: 32 }],
    ['10.0.0.0/8', { address: '10.0.0.0', family: 'ipv4', prefix: 8 }],
    ['0.0.0.0/0', { address: '0.0.0.0', family: 'ipv4', prefix: 0 }],
    ['::1', { address: '::1', family: 'ipv6', prefix: 128 }],
    ['fd00::/8', { address: 'fd00::', family: 'ipv6', prefix: 8 }],
  ])('is %s', (text, range) => expect(parseAddressRange(text)).toEqual(range));

  it.each([
    '',
    'proxy.example',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0/8',
    '::1/129',
    '1.2.3.4/-1',
  ])('is not %j', (text) => expect(parseAddressRange(text)).toBeNull());
});

describe('whoever asks through a reverse proxy', () => {
  it('is whom a trusted proxy names, and comes over TLS where it says so', () => {
    expect(derive(['127.0.0.1'], '127.0.0.1', '203.0.113.9', 'https')).toEqual({
      address: '203.0.113.9',
      isProxied: true,
      encrypted: true,
    });
    expect(derive(['10.0.0.0/8'], '10.1.2.3', '2001:DB8::9', 'http')).toEqual({
      address: '2001:db8::9',
      isProxied: true,
      encrypted: false,
    });
    expect(derive(['127.0.0.1'], '127.0.0.1', '203.0.113.9').encrypted).toBe(false);
  });

  it('is the peer itself where no proxy is trusted, or another, whatever its headers say', () => {
    const own = { isProxied: false, encrypted: false };
    expect(derive([], '127.0.0.1', '203.0.113.9', 'https')).toEqual({ address: '127.0.0.1', ...own });
    expect(derive(['127.0.0.1'], '192.0.2.7', '203.0.113.9', 'https')).toEqual({
      address: '192.0.2.7',
      ...own,
    });
    expect(derive(['127.0.0.1'], '127.0.0.1')).toEqual({ address: '127.0.0.1', ...own });
  });

  it.each([
    ['1.1.1.1, 203.0.113.9', '203.0.113.9', 'what a client wrote before it'],
    ['203.0.113.9, 10.0.0.2', '203.0.113.9', 'a chain of our own'],
    [['1.1.1.1', '203.0.113.9'], '203.0.113.9', 'a header that stands twice'],
    ['unknown, 10.0.0.2', '10.0.0.2', 'what is no address'],
    ['<img src=x>', '10.0.0.1', 'what is no address at all'],
    ['10.0.0.3, 10.0.0.2', '10.0.0.3', 'a client that is one of the proxies'],
    ['203.0.113.9:4711', '203.0.113.9', 'a port'],
    ['[2001:db8::9]:4711', '2001:db8::9', 'brackets'],
    ['::ffff:203.0.113.9', '203.0.113.9', 'IPv4 in IPv6'],
  ])('of %j is %s: %s', (header, address, _what) => {
    expect(derive(['10.0.0.0/8'], '10.0.0.1', header).address).toBe(address);
  });

  it('cannot choose its own address, whatever it writes into the header', () => {
    fc.assert(
      fc.property(fc.string(), (forged) => {
        const header = `${forged}, 203.0.113.9`;
        expect(derive(['127.0.0.1'], '127.0.0.1', header).address).toBe('203.0.113.9');
      }),
    );
  });
});
