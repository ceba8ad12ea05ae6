import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import { KeyCaps } from './key-caps.tsx';
import './popup.css';

export interface TooltipProps {
  /** A few words. Whoever cannot see it must not need it: the child has a name of its own. */
  readonly text: string;
  /** The keys that do the same, as they are shown. */
  readonly keys?: string | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left' | undefined;
  /** One element that can have the focus and takes the properties of a DOM element, `ref` among them. */
  readonly children: ReactElement;
}

/** A few words on something, while it is pointed at or in focus. Escape hides it. */
export function Tooltip({ text, keys, side = 'bottom', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner className="positioner" side={side} sideOffset={6} collisionPadding={8}>
          <Base.Popup className="tooltip">
            {text}
            {keys !== undefined && <KeyCaps keys={keys} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
