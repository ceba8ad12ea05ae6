import { useId } from 'react';
import type { TokenScope } from '../../../shared/protocol/index.ts';
import { scopeChoices, scopeWords } from './scope-words.ts';

export interface ScopeChoiceProps {
  readonly scope: TokenScope;
  readonly disabled: boolean;
  readonly onChoose: (scope: TokenScope) => void;
}

/** What a device may see and do: one of five, each with all that those above it have. */
export function ScopeChoice({ scope, disabled, onChoose }: ScopeChoiceProps) {
  const name = useId();
  return (
    <fieldset className="scope-choice" disabled={disabled}>
      <legend>It may see</legend>
      {scopeChoices.map((choice) => (
        <label key={choice} className="choice" data-testid={`scope-${choice}`}>
          <input
            type="radio"
            name={name}
            value={choice}
            checked={choice === scope}
            onChange={() => onChoose(choice)}
          />
          <span>
            <strong>{scopeWords[choice].label}</strong>
            <span className="choice__meaning">{scopeWords[choice].meaning}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
