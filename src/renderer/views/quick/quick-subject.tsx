import { Figure } from '../figure.tsx';
import { QuickChart } from './quick-chart.tsx';
import { quickSeries, type QuickReading, type QuickSubject } from './quick-figures.ts';
import { useQuickActions } from './quick-actions.ts';
import { t } from '../../../shared/texts/texts.ts';

export interface QuickSubjectProps {
  readonly subject: QuickSubject;
  readonly reading: QuickReading;
  /** Top of the chart's scale; null where it follows what is drawn. */
  readonly top: number | null;
  /** Its place among the entries, from 0: the digit that opens it is one more. */
  readonly place: number;
}

/** A subject's name, figures and last minute; opens its page. */
export function QuickSubjectEntry({ subject, reading, top, place }: QuickSubjectProps) {
  const { open } = useQuickActions();
  const { figures, detail } = reading;
  return (
    <button
      type="button"
      className="quick__subject"
      data-entry={subject}
      data-testid={`quick-${subject}`}
      aria-keyshortcuts={String(place + 1)}
      title={t('quick:openPage', { page: t(`quick:subject.${subject}`), key: place + 1 })}
      onClick={() => open(subject)}
    >
      <span className="quick__words">
        <span className="quick__name">{t(`quick:subject.${subject}`)}</span>
        <span className={figures[1] ? 'quick__figures quick__figures--two' : 'quick__figures'}>
          {figures.map(
            (figure) =>
              figure && (
                <span key={figure.testId} className="quick__figure">
                  {figure.way && (
                    <>
                      <span className={`quick__way quick__way--${figure.way.color}`} aria-hidden="true">
                        {figure.way.sign}
                      </span>
                      <span className="visually-hidden">{figure.way.word}</span>
                    </>
                  )}
                  <Figure shown={figure.shown} raw={figure.raw} testId={figure.testId} />
                </span>
              ),
          )}
        </span>
        {detail !== '' && <span className="quick__detail">{detail}</span>}
      </span>
      <QuickChart of={quickSeries[subject]} top={top} />
    </button>
  );
}
