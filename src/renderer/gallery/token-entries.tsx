import type { ComponentType } from 'react';
import { Icon, iconNames } from '../design/components/icon.tsx';

const colors = [
  ...[
    'page',
    'surface',
    'surface-raised',
    'surface-sunken',
    'surface-field',
    'surface-current',
    'surface-chosen',
  ],
  ...[
    'line',
    'line-strong',
    'control-line',
    'grid',
    'unseen',
    'text',
    'text-muted',
    'text-faint',
    'accent',
    'accent-text',
  ],
  ...['focus', 'good', 'warn', 'warn-surface', 'bad', 'bad-text', 'tooltip', 'tooltip-text'],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((at) => `series-${at}`),
];
const sizes = ['small', 'body', 'title', 'large', 'hero'];

function Colors() {
  return colors.map((name) => (
    <div key={name} className="gallery__color">
      <span style={{ background: `var(--${name})` }} />
      {name}
    </div>
  ));
}

function Type() {
  return (
    <>
      {sizes.map((name) => (
        <p key={name} style={{ fontSize: `var(--size-${name})` }}>
          {name} 0123456789 11.1 % äöüß
        </p>
      ))}
      <p style={{ fontFamily: 'var(--font-code)' }}>/usr/bin/true --code 0Oo1lI</p>
    </>
  );
}

function Icons() {
  return iconNames.map((name) => (
    <div key={name} className="gallery__icon">
      <Icon name={name} size={20} />
      {name}
    </div>
  ));
}

/** Colours, type and signs. */
export const tokenEntries: Readonly<Record<string, ComponentType>> = {
  colors: Colors,
  type: Type,
  icon: Icons,
};
