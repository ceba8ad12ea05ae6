import { describe, expect, it } from 'vitest';
import { parseWatchAddress } from './parse-watch-address.ts';

describe('the address of a host to watch', () => {
  it.each([
    ['https://box.local:9740', 'https://box.local:9740'],
    [' https://box.local:9740/ ', 'https://box.local:9740'],
    ['box.local:9741', 'https://box.local:9741'],
    ['box.local', 'https://box.local:9740'],
    ['192.168.1.7/', 'https://192.168.1.7:9740'],
    ['[fd00::1]', 'https://[fd00::1]:9740'],
    ['http://127.0.0.1:9740', 'http://127.0.0.1:9740'],
    ['127.1.2.3:9999', 'http://127.1.2.3:9999'],
    ['localhost', 'http://localhost:9740'],
    ['http://[::1]:9740', 'http://[::1]:9740'],
  ])('%j is %s', (typed, origin) => expect(parseWatchAddress(typed).origin).toBe(origin));

  it.each([
    ['http://box.local:9740', /encryption/],
    ['http://127.0.0.1.example.com:9740', /encryption/],
    ['http://localhost.example.com', /encryption/],
    ['ws://10.0.0.2:9740', /encryption/],
    ['file:///etc/passwd', /must begin/],
    ['javascript:alert(1)', /no address/],
    ['https://user:secret@box.local', /user name/],
    ['https://box.local/#pair=ABCD-EFGH', /fragment/],
    ['box local', /no address/],
    ['', /no address/],
  ])('%j is none', (typed, message) => expect(() => parseWatchAddress(typed)).toThrow(message));
});
