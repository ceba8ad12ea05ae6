import { expect, it } from 'vitest';
import { isClaimed, type Widget } from './widget.ts';

const strokes = ['p', '?', 'Space', 'Enter', 'ArrowLeft', 'Home', 'Escape', 'Delete', 'Mod+k'];

it('leaves each widget its own keys and takes the others', () => {
  const claimed = (widget: Widget): string => strokes.filter((stroke) => isClaimed(widget, stroke)).join(' ');
  expect(claimed('page')).toBe('');
  expect(claimed('link')).toBe('Enter');
  expect(claimed('button')).toBe('Space Enter');
  expect(claimed('rows')).toBe('Space Enter ArrowLeft Home');
  expect(claimed('moved')).toBe('Space Enter ArrowLeft Home');
  expect(claimed('list')).toBe('p ? Space Enter ArrowLeft Home Escape');
  expect(claimed('text')).toBe('p ? Space Enter ArrowLeft Home Escape Delete');
  expect(claimed('dialog')).toBe(strokes.join(' '));
});
