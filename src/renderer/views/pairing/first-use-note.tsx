import { t } from '../../../shared/texts/texts.ts';
/** What the first visit cannot prove, and what to compare. Nothing where the host is this machine or nothing is encrypted. */
export function FirstUseNote() {
  if (location.protocol !== 'https:') return null;
  return (
    <p className="pairing__note" data-testid="first-use">
      {t('pairing:firstUse')}
    </p>
  );
}
