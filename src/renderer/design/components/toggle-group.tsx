import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup as Base } from '@base-ui/react/toggle-group';
import { Icon, type IconName } from './icon.tsx';
import './toggle-group.css';
import { Tooltip } from './tooltip.tsx';

export interface ToggleOption<Value> {
  readonly value: Value;
  readonly label: string;
  /** Shown instead of the words, which are its tooltip then. */
  readonly icon?: IconName;
  readonly isDisabled?: boolean;
}

export interface ToggleGroupProps<Value extends string | number> {
  /** What is chosen, for those who do not see it. */
  readonly label: string;
  readonly value: Value;
  readonly options: readonly ToggleOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly size?: 'small' | 'normal';
  readonly disabled?: boolean;
  /** Of the group; each option has `data-value`. */
  readonly testId?: string;
}

/** One of a few that all are seen: one is always pressed. Arrows move among them. */
export function ToggleGroup<Value extends string | number>(props: ToggleGroupProps<Value>) {
  const { label, value, options, onChange, size = 'normal', disabled = false, testId } = props;
  const choose = (pressed: readonly string[]): void => {
    const chosen = options.find((option) => String(option.value) === pressed[0]);
    // What is pressed already would be let go: one of them always is.
    if (chosen) onChange(chosen.value);
  };
  return (
    <Base
      className={`toggle-group toggle-group--${size}`}
      aria-label={label}
      value={[String(value)]}
      onValueChange={choose}
      disabled={disabled}
      data-testid={testId}
    >
      {options.map((option) => (
        <Option key={option.value} option={option} />
      ))}
    </Base>
  );
}

function Option({ option }: { readonly option: ToggleOption<string | number> }) {
  const { value, label, icon, isDisabled = false } = option;
  const toggle = (
    <Toggle
      className="toggle-group__option"
      value={String(value)}
      disabled={isDisabled}
      aria-label={icon && label}
      data-value={value}
    >
      {icon ? <Icon name={icon} /> : label}
    </Toggle>
  );
  return icon ? <Tooltip text={label}>{toggle}</Tooltip> : toggle;
}
