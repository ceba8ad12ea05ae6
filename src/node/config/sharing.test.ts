import { describe, expect, it } from 'vitest';
import { deriveSharingSettings, parseBind } from './sharing.ts';

describe('where to listen', () => {
  it.each([
    ['localhost', 'loopback', '127.0.0.1'],
    ['127.0.0.1', 'loopback', '127.0.0.1'],
    ['[::1]', 'loopback', '::1'],
    ['192.168.1.5', 'lan', '192.168.1.5'],
    ['FD00::5', 'lan', 'fd00::5'],
    ['0.0.0.0', 'lan', '0.0.0.0'],
    ['::', 'lan', '::'],
    ['*', 'lan', '::'],
  ])('takes %s', (text, kind, address) => {
    expect(parseBind(text)).toEqual({ kind, address });
  });

  it.each(['', 'desk.local', '192.168.1', '192.168.1.5:80', '1.2.3.256', 'http://127.0.0.1', '127.0.0.1 '])(
    'does not take %j',
    (text) => expect(parseBind(text)).toBeNull(),
  );

  it('shares where the config, the command line or an address of the LAN says so, in that order of weakness', () => {
    const [near, far] = [parseBind('localhost')!, parseBind('192.168.1.5')!];
    expect(deriveSharingSettings(undefined, near)).toEqual({
      enabled: false,
      plainHttp: false,
      announce: true,
      address: '::',
    });
    expect(deriveSharingSettings(undefined, far)).toMatchObject({ enabled: true, address: '192.168.1.5' });
    expect(deriveSharingSettings({ enabled: false }, far).enabled).toBe(false);
    expect(deriveSharingSettings({ enabled: false }, near, { share: true }).enabled).toBe(true);
    expect(deriveSharingSettings({ plainHttp: true, announce: false }, near)).toMatchObject({
      plainHttp: true,
      announce: false,
    });
  });
});
