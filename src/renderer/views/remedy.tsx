import { t } from '../../shared/texts/texts.ts';
import { showName } from './show-name.ts';

/** What to do about something that is not permitted: a command or a setting, selected whole by one click. */
export function Remedy({ text }: { readonly text: string }) {
  return (
    <p className="remedy" data-testid="remedy">
      <span className="remedy__lead">{t('states:remedy')}</span>
      <code translate="no">{showName(text)}</code>
    </p>
  );
}
