import { useState } from 'react';
import { useAddressPart } from './address.ts';
import { Name } from './name.tsx';

/**
 * Which of many is looked at closely: the one that was chosen, or that the address names, while it is there, else the
 * first. Only that one has charts, so that two hundred cost no more than two.
 */
export function useChosen<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): readonly [Row | undefined, (key: string) => void] {
  const named = useAddressPart();
  const [chosen, choose] = useState<{ readonly key: string; readonly named: string | null } | null>(null);
  // An address that was opened since names another.
  const key = chosen && chosen.named === named ? chosen.key : named;
  return [rows.find((row) => keyOf(row) === key) ?? rows[0], (wanted) => choose({ key: wanted, named })];
}

export interface ChooseButtonProps {
  /** The row's key. */
  readonly name: string;
  /** What the row is called, where that is not its key. */
  readonly label?: string;
  readonly isChosen: boolean;
  readonly onChoose: (key: string) => void;
}

/** A row's name, which shows the row closely. */
export function ChooseButton({ name, label = name, isChosen, onChoose }: ChooseButtonProps) {
  return (
    <button type="button" className="choose" aria-pressed={isChosen} onClick={() => onChoose(name)}>
      <Name text={label} />
    </button>
  );
}
