import { t } from '../../../shared/texts/texts.ts';
import { Icon } from '../../design/components/icon.tsx';
import { useStatus } from '../../session-context.ts';
import { isStale } from '../connection-banner.tsx';
import { Figure } from '../figure.tsx';
import { useQuickActions } from './quick-actions.ts';
import { QuickChart } from './quick-chart.tsx';
import { describeReading, quickSeries, quickSubjects } from './quick-figures.ts';
import { useQuickReadings } from './use-quick-readings.ts';

/** The quick view on top of other windows: a strip of figures, moved by its ground. */
export function QuickStrip() {
  const { open, setOnTop, hide } = useQuickActions();
  const { readings, tops } = useQuickReadings();
  const stale = isStale(useStatus());
  return (
    <div className={stale ? 'strip is-stale' : 'strip'} data-testid="quick-strip" data-stale={stale}>
      {quickSubjects.map((subject, place) => {
        const reading = readings[subject];
        return (
          <div key={subject} className="strip__subject">
            <QuickChart of={quickSeries[subject]} top={tops[subject]} />
            <button
              type="button"
              className="strip__name"
              data-entry={subject}
              aria-label={describeReading(subject, reading)}
              aria-keyshortcuts={String(place + 1)}
              title={t('quick:openPage', { page: t(`quick:subject.${subject}`), key: place + 1 })}
              onClick={() => open(subject)}
            >
              {t(`quick:short.${subject}`)}
            </button>
            <span className={reading.figures[1] ? 'strip__figures strip__figures--two' : 'strip__figures'}>
              {reading.figures.map(
                (figure) =>
                  figure && (
                    <span key={figure.testId} className="quick__figure">
                      {figure.way && (
                        <span className={`quick__way quick__way--${figure.way.color}`}>
                          {figure.way.sign}
                        </span>
                      )}
                      <Figure shown={figure.shown} raw={figure.raw} testId={figure.testId} />
                    </span>
                  ),
              )}
            </span>
          </div>
        );
      })}
      <div className="strip__tools">
        <button
          type="button"
          className="quick__tool"
          data-testid="quick-unpin"
          aria-label={t('quick:unpin')}
          title={t('quick:unpin')}
          onClick={() => setOnTop(false)}
        >
          <Icon name="unpin" size={14} />
        </button>
        <button
          type="button"
          className="quick__tool"
          aria-label={t('quick:hide')}
          title={t('quick:hide')}
          onClick={hide}
        >
          <Icon name="close" size={14} />
        </button>
      </div>
      {stale && <span className="strip__stale">{t('connection.stale')}</span>}
    </div>
  );
}
