import { Button as Base } from '@base-ui/react/button';
import type { ComponentProps } from 'react';
import './button.css';
import { Icon, type IconName } from './icon.tsx';
import { Tooltip, type TooltipProps } from './tooltip.tsx';

export interface IconButtonProps extends Omit<
  ComponentProps<'button'>,
  'className' | 'style' | 'children' | 'aria-label'
> {
  readonly icon: IconName;
  /** What it does: its name, and shown on hover and focus. */
  readonly label: string;
  /** The keys that do the same, as they are shown: `Ctrl+K`. */
  readonly keys?: string;
  /** `plain` has a frame. Default `quiet`. */
  readonly variant?: 'plain' | 'quiet';
  readonly size?: 'small' | 'normal';
  readonly isPressed?: boolean;
  readonly tooltipSide?: TooltipProps['side'];
}

/** A button that is a sign alone. Stands as the trigger of a `Menu` or a `Popover` too. */
export function IconButton(props: IconButtonProps) {
  const { icon, label, keys, variant = 'quiet', size = 'normal', isPressed, tooltipSide, ...rest } = props;
  return (
    <Tooltip text={label} keys={keys} side={tooltipSide}>
      <Base
        type="button"
        {...rest}
        className={`button button--icon button--${variant} button--${size}`}
        aria-label={label}
        aria-pressed={isPressed ?? rest['aria-pressed']}
      >
        <Icon name={icon} size={size === 'small' ? 14 : 18} />
      </Base>
    </Tooltip>
  );
}
