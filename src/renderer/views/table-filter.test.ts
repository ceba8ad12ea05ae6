import { expect, it } from 'vitest';
import { matchesAll } from './table-filter.tsx';

it('wants every word, in any order and case, and takes everything where there is none', () => {
  expect(matchesAll('ssh.service OpenBSD Secure Shell', 'shell SSH')).toBe(true);
  expect(matchesAll('ssh.service', 'ssh failed')).toBe(false);
  expect(matchesAll('ssh.service', '  ')).toBe(true);
});
