import type { TokenScope } from '../../../shared/protocol/index.ts';
import { t } from '../../../shared/texts/texts.ts';
import { Choices } from '../../design/components/choices.tsx';
import { scopeChoices, scopeWords } from './scope-words.ts';

export interface ScopeChoiceProps {
  readonly scope: TokenScope;
  readonly disabled: boolean;
  readonly onChoose: (scope: TokenScope) => void;
}

/** What a device may see and do: one of five, each with all that those above it have. */
export function ScopeChoice({ scope, disabled, onChoose }: ScopeChoiceProps) {
  return (
    <Choices
      label={t('access:maySee')}
      value={scope}
      onChange={onChoose}
      disabled={disabled}
      choices={scopeChoices.map((value) => ({
        value,
        ...scopeWords(value),
        testId: `scope-${value}`,
      }))}
    />
  );
}
