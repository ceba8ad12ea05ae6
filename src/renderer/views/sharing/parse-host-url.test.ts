import { expect, it } from 'vitest';
import { parseHostUrl } from './parse-host-url.ts';

it('takes the address of a host and nothing that leads elsewhere', () => {
  expect(parseHostUrl('https://192.168.1.7:9740')).toBe('https://192.168.1.7:9740');
  expect(parseHostUrl('http://[fe80::1]:9740/')).toBe('http://[fe80::1]:9740');
  for (const text of [
    '',
    'nas.local:9740',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'https://ada:secret@nas.local',
    'https://nas.local/#pair=BCDF-GHJK',
    'https://nas.local/x',
    'https://nas.local/?a',
  ]) {
    expect(parseHostUrl(text), text).toBe(null);
  }
});
