import { Fragment } from 'react';
import { t } from '../../../shared/texts/texts.ts';
import { describeBusy } from './describe-busy.ts';
import { useBusy } from './use-busy.ts';

/**
 * One calm line above everything: what is busy, since when, and through which process. It is read, not announced: a live
 * region that speaks whenever a compiler runs would be turned off.
 */
export function BusyStrip() {
  const { busy, nowX } = useBusy();
  const state = busy === null ? 'unknown' : busy.length > 0 ? 'busy' : 'quiet';
  const all = busy?.map((each) => describeBusy(each, nowX)) ?? [];
  const sentence = all
    .map(({ subject, amount, since, taker }) =>
      [`${subject} ${amount}`, since, taker && `${taker.name} ${taker.amount}`].filter(Boolean).join(', '),
    )
    .join(' · ');
  return (
    <section
      className={`busy-strip busy-strip--${state}`}
      aria-label={t('overview:busy.title')}
      aria-live="off"
      data-testid="busy-strip"
      data-state={state}
      title={sentence || undefined}
    >
      <div className="busy-strip__line">
        <span className="busy-strip__dot" aria-hidden="true" />
        <p>
          {state === 'unknown' && <span className="quiet">{t('overview:busy.watching')}</span>}
          {state === 'quiet' && t('overview:busy.nothing')}
          {all.map(({ subject, amount, since, taker }, at) => (
            <Fragment key={busy?.[at]?.kind}>
              {at > 0 && <span className="busy-strip__gap"> · </span>}
              <span data-testid="busy-subject" data-kind={busy?.[at]?.kind}>
                <strong>
                  {subject} {amount}
                </strong>{' '}
                <span data-testid="busy-since">{since}</span>
                {taker && (
                  <>
                    {', '}
                    <a href={taker.address} data-testid="busy-process">
                      {taker.name}
                    </a>{' '}
                    {taker.amount}
                  </>
                )}
              </span>
            </Fragment>
          ))}
        </p>
      </div>
    </section>
  );
}
