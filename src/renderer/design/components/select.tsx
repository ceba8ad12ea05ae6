import { Select as Base } from '@base-ui/react/select';
import { useId } from 'react';
import './field.css';
import { Icon } from './icon.tsx';
import './popup.css';
import './select.css';

export interface SelectOption<Value> {
  readonly value: Value;
  readonly label: string;
  readonly isDisabled?: boolean;
}

export interface SelectProps<Value extends string | number> {
  readonly label: string;
  /** Only for those who do not see it, where the place says it already. */
  readonly isLabelHidden?: boolean;
  readonly value: Value;
  readonly options: readonly SelectOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
  readonly description?: string;
  /** What is wrong with the choice. */
  readonly error?: string | undefined;
  readonly testId?: string;
}

/** One of several, of which only the chosen one is shown. For two to five short ones take a `ToggleGroup`. */
export function Select<Value extends string | number>(props: SelectProps<Value>) {
  const {
    label,
    isLabelHidden = false,
    value,
    options,
    onChange,
    disabled = false,
    description,
    error,
    testId,
  } = props;
  const id = useId();
  return (
    <div className="field">
      <Base.Root
        items={options}
        value={value}
        onValueChange={(chosen) => chosen !== null && onChange(chosen)}
        disabled={disabled}
      >
        <Base.Label className={isLabelHidden ? 'visually-hidden' : 'field__label'}>{label}</Base.Label>
        <Base.Trigger
          className="field__box select"
          data-testid={testId}
          data-value={value}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={(error ?? description) ? id : undefined}
        >
          <Base.Value className="select__value" />
          <Icon name="chevrons-up-down" size={14} />
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner
            className="positioner"
            alignItemWithTrigger={false}
            sideOffset={4}
            collisionPadding={8}
          >
            <Base.Popup className="popup select__popup">
              <Base.List className="select__list">
                {options.map((option) => (
                  <Base.Item
                    key={option.value}
                    className="menu-item"
                    value={option.value}
                    disabled={option.isDisabled ?? false}
                  >
                    <span className="menu-item__mark">
                      <Base.ItemIndicator>
                        <Icon name="check" />
                      </Base.ItemIndicator>
                    </span>
                    <Base.ItemText className="menu-item__label">{option.label}</Base.ItemText>
                  </Base.Item>
                ))}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
      <FieldNote id={id} description={description} error={error} />
    </div>
  );
}

interface FieldNoteProps {
  readonly id: string;
  readonly description: string | undefined;
  readonly error: string | undefined;
}

function FieldNote({ id, description, error }: FieldNoteProps) {
  if (error !== undefined) {
    return (
      <p id={id} className="field__error" role="alert">
        {error}
      </p>
    );
  }
  return description === undefined ? null : (
    <p id={id} className="field__description">
      {description}
    </p>
  );
}
