import { Checkbox as Base } from '@base-ui/react/checkbox';
import type { ReactNode } from 'react';
import './choice.css';
import { Icon } from './icon.tsx';

export interface CheckboxProps {
  readonly label: ReactNode;
  /** What ticking it means, where the label does not say it all. */
  readonly description?: ReactNode;
  readonly isChecked: boolean;
  /** Some of what it stands for is ticked. */
  readonly isMixed?: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly disabled?: boolean;
  /** With a frame around it, as among `Choices`. */
  readonly isFramed?: boolean;
  readonly testId?: string;
}

/** Something that holds or not, mostly among others, or until a form is sent. For what acts at once take a `Switch`. */
export function Checkbox(props: CheckboxProps) {
  const {
    label,
    description,
    isChecked,
    isMixed = false,
    onChange,
    disabled = false,
    isFramed = false,
    testId,
  } = props;
  return (
    <label className={isFramed ? 'choice choice--framed' : 'choice'}>
      <Base.Root
        className="choice__box"
        checked={isChecked}
        indeterminate={isMixed}
        onCheckedChange={(checked) => onChange(checked)}
        disabled={disabled}
        data-testid={testId}
      >
        <Base.Indicator className="choice__mark">
          <Icon name={isMixed ? 'minus' : 'check'} size={14} />
        </Base.Indicator>
      </Base.Root>
      <span>
        <span className="choice__label">{label}</span>
        {description !== undefined && <span className="choice__meaning">{description}</span>}
      </span>
    </label>
  );
}
