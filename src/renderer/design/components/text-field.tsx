import { Field } from '@base-ui/react/field';
import type { ComponentProps } from 'react';
import './field.css';
import { Icon, type IconName } from './icon.tsx';

export interface TextFieldProps extends Omit<
  ComponentProps<'input'>,
  'className' | 'style' | 'value' | 'defaultValue' | 'onChange' | 'size'
> {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly description?: string | undefined;
  /** What is wrong with the value, and what would be right. */
  readonly error?: string | undefined;
  readonly icon?: IconName;
  /** Behind the value, as `ms`. */
  readonly unit?: string;
  /** Digits that keep their places: addresses, codes, numbers. */
  readonly isCode?: boolean;
  readonly testId?: string;
}

/** A line of text. Takes what `<input>` takes. */
export function TextField(props: TextFieldProps) {
  const { label, isLabelHidden = false, value, onChange, description, error, icon, unit, ...others } = props;
  const { isCode = false, disabled = false, testId, ...rest } = others;
  return (
    <Field.Root className="field" invalid={error !== undefined} disabled={disabled}>
      <Field.Label className={isLabelHidden ? 'visually-hidden' : 'field__label'}>{label}</Field.Label>
      <span className="field__box">
        {icon && <Icon name={icon} />}
        <Field.Control
          {...rest}
          className={isCode ? 'field__input field__input--code' : 'field__input'}
          value={value}
          onValueChange={(typed) => onChange(typed)}
          data-testid={testId}
        />
        {unit !== undefined && <span className="field__unit">{unit}</span>}
      </span>
      {error !== undefined && (
        <Field.Error className="field__error" match role="alert">
          {error}
        </Field.Error>
      )}
      {description !== undefined && error === undefined && (
        <Field.Description className="field__description">{description}</Field.Description>
      )}
    </Field.Root>
  );
}
