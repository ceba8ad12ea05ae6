import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { RichText } from './rich-text.tsx';

it('shows parts as elements, wherever the language has them', () => {
  const parts = {
    page: (words: string) => createElement('a', { href: '#viewers' }, words),
    name: () => createElement('b', null, '<page>x</page>'),
  };
  const show = (text: string): string => renderToStaticMarkup(createElement(RichText, { text, parts }));
  expect(show('See <page>Viewers</page>: <name/>.')).toBe(
    'See <a href="#viewers">Viewers</a>: <b>&lt;page&gt;x&lt;/page&gt;</b>.',
  );
  expect(show('<name/> <page>a</page><page>b</page>')).toBe(
    '<b>&lt;page&gt;x&lt;/page&gt;</b> <a href="#viewers">a</a><a href="#viewers">b</a>',
  );
  expect(show('Nothing.')).toBe('Nothing.');
});
