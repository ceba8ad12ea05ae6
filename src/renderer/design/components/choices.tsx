import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { useId, type ReactNode } from 'react';
import './choice.css';

export interface Choice<Value> {
  readonly value: Value;
  readonly label: ReactNode;
  /** What choosing it means. */
  readonly meaning?: ReactNode;
  readonly isDisabled?: boolean;
  readonly testId?: string;
}

export interface ChoicesProps<Value extends string | number> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
}

/** One of a few that each want a sentence. Arrows move among them. */
export function Choices<Value extends string | number>(props: ChoicesProps<Value>) {
  const { label, value, choices, onChange, disabled = false } = props;
  const labelId = useId();
  return (
    <div className="choices">
      <p id={labelId} className="choices__label">
        {label}
      </p>
      <RadioGroup
        className="choices__list"
        aria-labelledby={labelId}
        value={value}
        onValueChange={onChange}
        disabled={disabled}
      >
        {choices.map((choice) => (
          <label key={choice.value} className="choice choice--framed">
            <Radio.Root
              className="choice__box choice__box--round"
              value={choice.value}
              disabled={choice.isDisabled ?? false}
              data-testid={choice.testId}
              data-value={choice.value}
            >
              <Radio.Indicator className="choice__dot" />
            </Radio.Root>
            <span>
              <span className="choice__label">{choice.label}</span>
              {choice.meaning !== undefined && <span className="choice__meaning">{choice.meaning}</span>}
            </span>
          </label>
        ))}
      </RadioGroup>
    </div>
  );
}
