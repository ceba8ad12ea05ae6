import { formatBytes, formatShare, showText } from '../../shared/series/units.ts';
import { memorySeries } from '../charts/subject-series.ts';
import { TimeChart } from '../charts/time-chart.tsx';
import { useTopic } from '../session-context.ts';
import { Figure, Legend, LegendEntry, Meter } from './figure.tsx';
import { SectionCard } from './section-card.tsx';
import { formatTick } from '../charts/format-tick.ts';
import { deriveUsedMemoryBytes } from '../../shared/series/used-memory.ts';
import { t } from '../../shared/texts/texts.ts';

/** Memory: what programs hold, what the kernel keeps to be fast, what can still be had; and swap. */
export function MemoryCard() {
  const state = useTopic('memory');
  const total = state.data && showText(formatBytes(state.data.totalBytes));
  return (
    <SectionCard title={t('memory')} area="memory" state={state} aside={total && <span>{total}</span>}>
      {(data) => {
        const used = deriveUsedMemoryBytes(data);
        const swapUsed = data.swapTotalBytes - data.swapFreeBytes;
        return (
          <>
            <p className="hero">
              <Figure shown={formatBytes(used)} raw={used} testId="memory-used" size="hero" />
              <span className="hero__note">
                {t('memory:usedShare', { share: showText(formatShare(used / data.totalBytes)) })}
              </span>
            </p>
            <TimeChart
              label={t('memory')}
              size="medium"
              ringKey="memory"
              series={memorySeries}
              stacked
              max={data.totalBytes}
              measure="bytes"
              formatTick={(value) => formatTick(formatBytes(value))}
            />
            <Legend>
              <LegendEntry
                label={t('memory:used')}
                color="series-memory"
                shown={formatBytes(used)}
                raw={used}
              />
              <LegendEntry
                label={t('memory:cached')}
                color="series-cached"
                shown={formatBytes(data.cachedBytes)}
                raw={data.cachedBytes}
                testId="memory-cached"
              />
              <LegendEntry
                label={t('memory:buffers')}
                color="series-buffers"
                shown={formatBytes(data.buffersBytes)}
                raw={data.buffersBytes}
                testId="memory-buffers"
              />
              <LegendEntry
                label={t('memory:available')}
                shown={formatBytes(data.availableBytes)}
                raw={data.availableBytes}
                testId="memory-available"
              />
            </Legend>
            <Bounded
              label={t('memory:swap')}
              testId="memory-swap"
              used={swapUsed}
              total={data.swapTotalBytes}
              none={t('memory:noSwap')}
            />
            {data.limit && (
              <Bounded
                label={t('memory:groupLimit')}
                testId="memory-limit"
                used={data.limit.usedBytes}
                total={data.limit.limitBytes}
                none=""
              />
            )}
          </>
        );
      }}
    </SectionCard>
  );
}

interface BoundedProps {
  readonly label: string;
  readonly testId: string;
  readonly used: number;
  readonly total: number;
  readonly none: string;
}

function Bounded({ label, testId, used, total, none }: BoundedProps) {
  return (
    <div className="bounded" data-testid={testId} data-value={used} data-total={total}>
      <span className="bounded__label">{label}</span>
      {total > 0 ? (
        <>
          <Meter share={used / total} label={label} />
          <span className="bounded__text">
            {t('memory:usedOf', { used: showText(formatBytes(used)), total: showText(formatBytes(total)) })}
          </span>
        </>
      ) : (
        <span className="bounded__text">{none}</span>
      )}
    </div>
  );
}
