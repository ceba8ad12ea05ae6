import { Menu as Base } from '@base-ui/react/menu';
import { Fragment, type ReactElement } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { KeyCaps } from './key-caps.tsx';
import './popup.css';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  /** The keys that do the same, as they are shown. */
  readonly keys?: string;
  readonly onSelect: () => void;
  /** For one that is on or off: the menu stays open. */
  readonly isChecked?: boolean;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  readonly testId?: string;
}

export interface MenuSection {
  /** Above its items; absent where they need none. */
  readonly title?: string;
  readonly items: readonly MenuItem[];
}

export interface MenuProps {
  /** The button that opens it: a `Button` or an `IconButton`. */
  readonly trigger: ReactElement;
  /** Divided by lines. Those without items are left out. */
  readonly sections: readonly MenuSection[];
  readonly align?: 'start' | 'center' | 'end';
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly testId?: string;
}

/** What can be done with something, behind a button. Arrows and first letters move in it, Escape closes it. */
export function Menu({ trigger, sections, align = 'end', side = 'bottom', testId }: MenuProps) {
  const filled = sections.filter(({ items }) => items.length > 0);
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="positioner" side={side} align={align} sideOffset={4} collisionPadding={8}>
          <Base.Popup className="popup menu" data-testid={testId}>
            {filled.map(({ title, items }, at) => (
              <Fragment key={at}>
                {at > 0 && <Base.Separator className="menu__line" />}
                <Base.Group>
                  {title !== undefined && <Base.GroupLabel className="menu__title">{title}</Base.GroupLabel>}
                  {items.map((item) => (
                    <Entry key={item.label} item={item} />
                  ))}
                </Base.Group>
              </Fragment>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Entry({ item }: { readonly item: MenuItem }) {
  const { label, icon, keys, onSelect, isChecked, isDanger = false, isDisabled = false, testId } = item;
  const content = (
    <>
      <span className="menu-item__mark">{icon && isChecked === undefined && <Icon name={icon} />}</span>
      <span className="menu-item__label">{label}</span>
      {keys !== undefined && <KeyCaps keys={keys} />}
    </>
  );
  if (isChecked !== undefined) {
    return (
      <Base.CheckboxItem
        className="menu-item"
        checked={isChecked}
        onCheckedChange={() => onSelect()}
        disabled={isDisabled}
        data-testid={testId}
      >
        <Base.CheckboxItemIndicator className="menu-item__tick">
          <Icon name="check" />
        </Base.CheckboxItemIndicator>
        {content}
      </Base.CheckboxItem>
    );
  }
  return (
    <Base.Item
      className={isDanger ? 'menu-item menu-item--danger' : 'menu-item'}
      onClick={() => onSelect()}
      disabled={isDisabled}
      data-testid={testId}
    >
      {content}
    </Base.Item>
  );
}
