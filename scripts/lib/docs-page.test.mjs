import { describe, expect, it } from 'vitest';
import { deriveAddress, readTitle, renderPage } from './docs-page.mjs';

const addresses = new Map([
  ['protocol/README.md', '/docs/'],
  ['protocol/metrics.md', '/docs/metrics.html'],
  ['client.md', '/docs/client.html'],
]);

describe('deriveAddress', () => {
  it('leads to what is served, from where the text lies', () => {
    expect(deriveAddress('metrics.md#cpu', 'protocol/README.md', addresses)).toBe('/docs/metrics.html#cpu');
    expect(deriveAddress('protocol/', 'client.md', addresses)).toBe('/docs/');
    expect(deriveAddress('../client.md', 'protocol/README.md', addresses)).toBe('/docs/client.html');
    expect(deriveAddress('#here', 'client.md', addresses)).toBe('#here');
    expect(deriveAddress('https://example.org/', 'client.md', addresses)).toBe('https://example.org/');
  });

  it('leads nowhere else', () => {
    for (const href of [
      '../src/x.ts',
      'javascript:alert(1)',
      'JAVASCRIPT:x',
      'data:text/html,x',
      '/etc/passwd',
      '//evil.example',
      'http://x',
    ])
      expect(deriveAddress(href, 'protocol/README.md', addresses)).toBeNull();
  });
});

describe('renderPage', () => {
  it('shows markup of the text instead of doing it', () => {
    const page = { source: 'client.md', address: '/docs/client.html', title: readTitle('# A `b` <c>\n') };
    const html = renderPage(page, '# A\n\n<script>x</script>\n\n[a](javascript:x) ![i](x.png)\n', addresses, [
      page,
    ]);
    expect(html).not.toMatch(/<script|javascript:|<img/);
    expect(html).toContain('&#60;script&#62;');
    expect(html).toContain('<title>A b &#60;c&#62;</title>');
  });
});
