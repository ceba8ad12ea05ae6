import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import './popup.css';

export interface PopoverProps {
  /** The button that opens it: a `Button` or an `IconButton`. */
  readonly trigger: ReactElement;
  /** Its heading, by which it is called too. */
  readonly title: string;
  readonly isTitleHidden?: boolean;
  /** Together they make it controlled. */
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly align?: 'start' | 'center' | 'end';
  readonly testId?: string;
  readonly children: ReactNode;
}

/** A small place for choices beside the button that opens it; the page stays in reach. Escape closes it. */
export function Popover(props: PopoverProps) {
  const {
    trigger,
    title,
    isTitleHidden = false,
    isOpen,
    onOpenChange,
    side = 'bottom',
    align = 'end',
    testId,
  } = props;
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => onOpenChange?.(open)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="positioner" side={side} align={align} sideOffset={6} collisionPadding={8}>
          <Base.Popup className="popup popover" data-testid={testId}>
            <Base.Title className={isTitleHidden ? 'visually-hidden' : 'popover__title'}>{title}</Base.Title>
            {props.children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
