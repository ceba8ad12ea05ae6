import { use } from 'react';
import { t } from '../../shared/texts/texts.ts';
import { SessionContext } from '../session-context.ts';
import { RichText } from './rich-text.tsx';
import { isReadableOnTheWay } from './is-readable-on-the-way.ts';

/** Stays in sight for as long as what is shown comes over the network without encryption; else nothing. */
export function PlainTextWarning() {
  const told = use(SessionContext)?.status().welcome?.transport?.encrypted;
  if (told ?? !isReadableOnTheWay(location)) return null;
  return (
    <div className="plain-warning" role="note" data-testid="plain-warning">
      <RichText text={t('states:plain')} parts={{ strong: (words) => <strong>{words}</strong> }} />
    </div>
  );
}
