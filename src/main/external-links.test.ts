import { describe, expect, it } from 'vitest';
import { parseExternalLink } from './external-links.ts';

describe('parseExternalLink', () => {
  it('lets https addresses on the list through, in their parsed form', () => {
    expect(parseExternalLink('HTTPS://Docs.Kernel.org/admin-guide/../filesystems/proc.html')).toBe(
      'https://docs.kernel.org/filesystems/proc.html',
    );
  });

  it.each([
    ['http://docs.kernel.org/'],
    ['https://docs.kernel.org.evil.example/'],
    ['https://evil.example/?https://docs.kernel.org/'],
    ['https://docs.kernel.org@evil.example/'],
    ['https://user:secret@docs.kernel.org/'],
    ['https://docs.kernel.org:8443/'],
    ['https://github.com/someone-else/'],
    ['file:///etc/passwd'],
    ['javascript:alert(1)'],
    ['smb://docs.kernel.org/share'],
    ['docs.kernel.org'],
    [''],
    [null],
    [{ toString: (): string => 'https://docs.kernel.org/' }],
    [`https://docs.kernel.org/${'a'.repeat(3_000)}`],
  ])('refuses %s', (address) => {
    expect(parseExternalLink(address)).toBeNull();
  });
});
