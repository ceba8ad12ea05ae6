import { expect, it } from 'vitest';
import { isReadableOnTheWay } from './is-readable-on-the-way.ts';

it('is so only without TLS and over a network', () => {
  const judge = (address: string): boolean => isReadableOnTheWay(new URL(address));
  for (const address of ['http://192.168.1.20:9740', 'http://workbench.local', 'http://127.evil.example']) {
    expect([address, judge(address)]).toEqual([address, true]);
  }
  for (const address of [
    'https://192.168.1.20:9740',
    'http://127.0.0.1:9740',
    'http://[::1]:9740',
    'http://localhost',
    'app://pulsewire/index.html',
  ]) {
    expect([address, judge(address)]).toEqual([address, false]);
  }
});
