import { Slider as Base } from '@base-ui/react/slider';
import './field.css';
import './slider.css';

export interface SliderProps {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Default 1. Page keys take ten of them. */
  readonly step?: number;
  /** While it is moved. */
  readonly onChange: (value: number) => void;
  /** When it is let go: for what costs something. */
  readonly onCommit?: (value: number) => void;
  /** The value with its unit, shown and read out. */
  readonly formatValue: (value: number) => string;
  readonly disabled?: boolean;
  readonly testId?: string;
}

/** A number that is felt for rather than typed. */
export function Slider(props: SliderProps) {
  const {
    label,
    isLabelHidden = false,
    value,
    min,
    max,
    step = 1,
    onChange,
    onCommit,
    formatValue,
    disabled = false,
  } = props;
  return (
    <Base.Root
      className="slider"
      value={value}
      min={min}
      max={max}
      step={step}
      largeStep={step * 10}
      onValueChange={(changed) => onChange(changed)}
      onValueCommitted={(committed) => onCommit?.(committed)}
      disabled={disabled}
      data-testid={props.testId}
      data-value={value}
    >
      <div className="slider__line">
        <Base.Label className={isLabelHidden ? 'visually-hidden' : 'field__label'}>{label}</Base.Label>
        <Base.Value className="slider__value">{() => formatValue(value)}</Base.Value>
      </div>
      <Base.Control className="slider__control">
        <Base.Track className="slider__track">
          <Base.Indicator className="slider__fill" />
          <Base.Thumb
            className="slider__thumb"
            getAriaValueText={(_formatted, current) => formatValue(current)}
          />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
