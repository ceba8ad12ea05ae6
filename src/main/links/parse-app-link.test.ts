import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageNames } from '../../shared/preferences/page-names.ts';
import { isAppLink, parseAppLink } from './parse-app-link.ts';

describe('a link that opens a page', () => {
  it.each(pageNames)('opens %s', (page) => {
    expect(parseAppLink(`pulsewire://open/${page}`)).toEqual({ kind: 'open', page });
  });

  it('may have its scheme in capitals, and end in a slash', () => {
    expect(parseAppLink('PULSEWIRE://open/memory/')).toEqual({ kind: 'open', page: 'memory' });
  });

  it.each([
    'pulsewire://open',
    'pulsewire://open/',
    'pulsewire://open/nothing',
    'pulsewire://open/Memory',
    'pulsewire://open/constructor',
    'pulsewire://open//memory',
    'pulsewire://open/memory/4120',
    'pulsewire://open/%6demory',
    'pulsewire://open/../../etc/passwd',
  ])('is refused as %s', (link) => expect(parseAppLink(link)).toEqual({ kind: 'refused', why: 'page' }));
});

describe('a link that pairs', () => {
  it.each([
    ['host=box.local', 'https://box.local:9740', null],
    ['host=box.local:9741&code=abcd-2345', 'https://box.local:9741', 'ABCD-2345'],
    ['code=ABCD2345&host=https%3A%2F%2F192.168.1.7%3A9740', 'https://192.168.1.7:9740', 'ABCD-2345'],
    ['host=https://box.local:9740&code=ABCD-2345', 'https://box.local:9740', 'ABCD-2345'],
    ['host=http://127.0.0.1:9740&code=ABCD-2345', 'http://127.0.0.1:9740', 'ABCD-2345'],
    // What looks like a Latin name and is none is seen to be none.
    ['host=%D0%B0pple.com', 'https://xn--pple-43d.com:9740', null],
  ])('fills in %s', (query, host, code) => {
    expect(parseAppLink(`pulsewire://pair?${query}`)).toEqual({ kind: 'pair', host, code });
    expect(parseAppLink(`pulsewire://pair/?${query}`)).toEqual({ kind: 'pair', host, code });
  });

  it.each([
    ['pulsewire://pair', 'address'],
    ['pulsewire://pair?code=ABCD-2345', 'address'],
    ['pulsewire://pair?host=', 'address'],
    ['pulsewire://pair?host=http://box.local:9740&code=ABCD-2345', 'address'],
    ['pulsewire://pair?host=file:///etc/passwd', 'address'],
    ['pulsewire://pair?host=javascript:alert(1)', 'address'],
    ['pulsewire://pair?host=https://user:secret@box.local', 'address'],
    ['pulsewire://pair?host=box.local&code=', 'code'],
    ['pulsewire://pair?host=box.local&code=ABC', 'code'],
    ['pulsewire://pair?host=box.local&code=ABCD-23456', 'code'],
    ['pulsewire://pair?host=box.local&code=%3Cb%3EABCD2345', 'code'],
    ['pulsewire://pair?host=box.local&host=evil.example', 'form'],
    ['pulsewire://pair?host=box.local&code=ABCD-2345&connect=1', 'form'],
    ['pulsewire://pair/box.local?host=box.local', 'form'],
  ])('is refused as %s', (link, why) => expect(parseAppLink(link)).toEqual({ kind: 'refused', why }));
});

describe('anything else', () => {
  it.each([
    ['pulsewire:open/memory', 'form'],
    ['pulsewire:', 'form'],
    ['pulsewire://', 'form'],
    ['pulsewire://open/memory --data-dir=/x', 'form'],
    ['pulsewire://open/memory\n', 'form'],
    ['pulsewire://open/memory#x', 'form'],
    ['pulsewire://open/memory?x', 'form'],
    ['pulsewire://me@open/memory', 'form'],
    ['pulsewire://open:80/memory', 'form'],
    ['https://open/memory', 'form'],
    [`pulsewire://pair?host=${'a'.repeat(400)}`, 'form'],
    ['pulsewire://quit', 'action'],
    ['pulsewire://Open/memory', 'action'],
    ['pulsewire://open.example/memory', 'action'],
  ])('is refused: %s', (link, why) => expect(parseAppLink(link)).toEqual({ kind: 'refused', why }));

  it('is refused whatever it is, and never throws', () => {
    const pieces = fc.constantFrom(
      'pulsewire:',
      '//',
      'open',
      'pair',
      '/',
      'memory',
      '?',
      'host=',
      '&',
      'code=',
    );
    const texts = fc.array(fc.oneof(pieces, fc.string({ maxLength: 12 })), { maxLength: 12 });
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('');
        const link = parseAppLink(text);
        if (link.kind === 'refused') return;
        expect(isAppLink(text)).toBe(true);
        if (link.kind === 'open') expect(pageNames).toContain(link.page);
        else {
          expect(new URL(link.host).origin).toBe(link.host);
          expect(link.code ?? 'ABCD-2345').toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes every address and code that a host can have', () => {
    const code = fc.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/);
    fc.assert(
      fc.property(fc.domain(), fc.integer({ min: 1, max: 65_535 }), code, (name, port, written) => {
        const query = new URLSearchParams({ host: `${name}:${port}`, code: written });
        expect(parseAppLink(`pulsewire://pair?${query.toString()}`)).toEqual({
          kind: 'pair',
          host: new URL(`https://${name}:${port}`).origin,
          code: written,
        });
      }),
    );
  });
});
