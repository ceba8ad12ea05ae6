import { Dialog as Base } from '@base-ui/react/dialog';
import { useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import './dialog.css';

export interface DialogProps {
  readonly title: ReactNode;
  /** Default true. Where it goes from true to false it fades, and `onClosed` follows. */
  readonly isOpen?: boolean;
  /** It is to be closed: Escape was pressed, or what is outside of it. */
  readonly onClose: () => void;
  /** It has gone. */
  readonly onClosed?: () => void;
  /** Below everything, and in sight however long the rest is: mostly buttons, the one to be taken last. */
  readonly footer?: ReactNode;
  readonly size?: 'small' | 'normal' | 'large';
  /** What has the focus first. Default: the first that can have it. `title` where no key that is on its way may do anything. */
  readonly initialFocus?: RefObject<HTMLElement | null> | 'title';
  /** Whether a press outside closes it too. Default true; not where something was filled in. */
  readonly closesOutside?: boolean;
  readonly testId?: string;
  /** What is to be done, and to which of several, for programs that read the page. */
  readonly deed?: string;
  readonly name?: string;
  readonly children: ReactNode;
}

/** A question or a form above the page, which is out of reach meanwhile. The focus goes back to where it was. */
export function Dialog(props: DialogProps) {
  const {
    title,
    isOpen = true,
    onClose,
    onClosed,
    footer,
    size = 'normal',
    initialFocus,
    closesOutside = true,
  } = props;
  const { testId, deed, name, children } = props;
  const titleRef = useRef<HTMLHeadingElement>(null);
  return (
    <Base.Root
      open={isOpen}
      onOpenChange={(open) => !open && onClose()}
      onOpenChangeComplete={(open) => !open && onClosed?.()}
      disablePointerDismissal={!closesOutside}
    >
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Viewport className="dialog-viewport">
          <Base.Popup
            className={`dialog dialog--${size}`}
            initialFocus={initialFocus === 'title' ? titleRef : initialFocus}
            data-testid={testId}
            data-deed={deed}
            data-name={name}
            onKeyDown={keepFromPage}
          >
            <Base.Title ref={titleRef} tabIndex={-1} className="dialog__title">
              {title}
            </Base.Title>
            <div className="dialog__body">{children}</div>
            {footer !== undefined && <div className="dialog__footer">{footer}</div>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** Keys pressed in a dialog are not for the page that it was opened from. Escape is for the dialog, which hears it above. */
function keepFromPage(event: KeyboardEvent): void {
  if (event.key !== 'Escape') event.stopPropagation();
}
