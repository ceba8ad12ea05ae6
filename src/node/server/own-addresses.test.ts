import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../shared/lifecycle/fake-clock.ts';
import { HostGuard } from './host-guard.ts';
import { formatAuthority, isLoopbackAddress, OwnAddresses, type OwnAddress } from './own-addresses.ts';

const at = (interfaceName: string, address: string, internal = false): OwnAddress => ({
  interfaceName,
  address,
  internal,
});

describe('OwnAddresses', () => {
  it('puts first what a phone most likely reaches', () => {
    const own = new OwnAddresses(new FakeClock(), () => [
      at('lo', '127.0.0.1', true),
      at('docker0', '172.17.0.1'),
      at('eth0', 'fe80::1'),
      at('eth0', 'fd00::5'),
      at('wlan0', '192.168.1.5'),
      at('wg0', '10.9.0.1'),
    ]);
    expect(own.reachable()).toEqual(['192.168.1.5', 'fd00::5', '172.17.0.1', '10.9.0.1']);
  });

  it('reads them once a second at most, and then a moved machine’s new address is its own and its old is not', async () => {
    const clock = new FakeClock();
    let reads = 0;
    let address = '192.168.1.5';
    const own = new OwnAddresses(clock, () => {
      reads++;
      return [at('wlan0', address)];
    });
    const guard = new HostGuard({
      port: 9740,
      addresses: () => own.list().map((entry) => entry.address),
      hostName: 'desk',
    });
    const isOwn = (host: string): boolean => guard.judge({ hosts: [`${host}:9740`], origins: [] }).allowed;
    expect([isOwn('192.168.1.5'), isOwn('10.0.0.9')]).toEqual([true, false]);
    address = '10.0.0.9';
    for (let turn = 0; turn < 100; turn++) isOwn('10.0.0.9');
    expect(reads).toBe(1);
    await clock.advance(1_000);
    expect([isOwn('192.168.1.5'), isOwn('10.0.0.9')]).toEqual([false, true]);
    expect(reads).toBe(2);
  });

  it('tells loopback from the rest, however it is written', () => {
    for (const own of ['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])
      expect(isLoopbackAddress(own)).toBe(true);
    for (const other of [undefined, '', '128.0.0.1', '::2', '::ffff:10.0.0.1', '127.evil', '1127.0.0.1'])
      expect(isLoopbackAddress(other)).toBe(false);
  });

  it('writes IPv6 in brackets', () => {
    expect([formatAuthority('fd00::5', 1), formatAuthority('10.0.0.1', 2)]).toEqual([
      '[fd00::5]:1',
      '10.0.0.1:2',
    ]);
  });
});
