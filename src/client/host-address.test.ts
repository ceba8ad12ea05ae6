import { describe, expect, it } from 'vitest';
import { parseHostAddress } from './host-address.ts';

describe('parseHostAddress', () => {
  it('takes addresses as people write them', () => {
    expect(parseHostAddress('http://127.0.0.1:9740')).toEqual({
      origin: 'http://127.0.0.1:9740',
      streamUrl: 'ws://127.0.0.1:9740/v1/stream',
      isEncrypted: false,
    });
    expect(parseHostAddress('wss://Box.local:9740/v1/stream')).toEqual({
      origin: 'https://box.local:9740',
      streamUrl: 'wss://box.local:9740/v1/stream',
      isEncrypted: true,
    });
    expect(parseHostAddress('https://[::1]:1/').streamUrl).toBe('wss://[::1]:1/v1/stream');
  });

  it.each([
    '',
    'box',
    'ftp://box',
    'http://me:secret@box',
    'http://box/?token=x',
    'http://box/#x',
    'http://box/metrics',
  ])('refuses %j, of which a part would be ignored or told', (url) => {
    expect(() => parseHostAddress(url)).toThrow(expect.objectContaining({ code: 'invalidArgument' }));
  });
});
