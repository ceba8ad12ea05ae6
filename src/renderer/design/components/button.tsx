import { Button as Base } from '@base-ui/react/button';
import type { ComponentProps } from 'react';
import './button.css';
import { Icon, type IconName } from './icon.tsx';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'style'> {
  /** `primary` is what the place is about, at most one of them; `danger` ends or deletes; `quiet` has no frame. Default `plain`. */
  readonly variant?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly size?: 'small' | 'normal' | 'large';
  readonly icon?: IconName;
  /** Something was asked for and is not done: it stays in focus and does nothing. */
  readonly isLoading?: boolean;
  /** For one that stays pressed until it is pressed again. */
  readonly isPressed?: boolean;
}

/** Does something at once. Takes what `<button>` takes; its type is `button` unless said otherwise. */
export function Button(props: ButtonProps) {
  const {
    variant = 'plain',
    size = 'normal',
    icon,
    isLoading = false,
    isPressed,
    disabled,
    children,
    ...rest
  } = props;
  return (
    <Base
      type="button"
      {...rest}
      className={`button button--${variant} button--${size}`}
      disabled={disabled === true || isLoading}
      focusableWhenDisabled={isLoading}
      aria-pressed={isPressed}
      aria-busy={isLoading || undefined}
    >
      {isLoading ? (
        <span className="spinner">
          <Icon name="loading" />
        </span>
      ) : (
        icon && <Icon name={icon} />
      )}
      {children}
    </Base>
  );
}
