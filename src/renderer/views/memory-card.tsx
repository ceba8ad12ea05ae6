import { formatBytes, formatShare, showText } from '../../shared/series/units.ts';
import type { ChartSeries } from '../charts/streaming-chart.ts';
import { TimeChart } from '../charts/time-chart.tsx';
import { useTopic } from '../session-context.ts';
import { columns } from '../../shared/series/rings/ring-set.ts';
import { Figure, Legend, LegendEntry, Meter } from './figure.tsx';
import { SectionCard } from './section-card.tsx';
import { formatTick } from './traffic-item.tsx';
import { deriveUsedMemoryBytes } from '../../shared/series/used-memory.ts';

/** What memory holds, as it is stacked, from the bottom. */
export const memorySeries: readonly ChartSeries[] = [
  { label: 'Used', column: columns.memory.used, color: 'series-memory' },
  { label: 'Buffers', column: columns.memory.buffers, color: 'series-buffers' },
  { label: 'Cached', column: columns.memory.cached, color: 'series-cached' },
];

/** Memory: what programs hold, what the kernel keeps to be fast, what can still be had; and swap. */
export function MemoryCard() {
  const state = useTopic('memory');
  const total = state.data && showText(formatBytes(state.data.totalBytes));
  return (
    <SectionCard title="Memory" area="memory" state={state} aside={total && <span>{total}</span>}>
      {(data) => {
        const used = deriveUsedMemoryBytes(data);
        const swapUsed = data.swapTotalBytes - data.swapFreeBytes;
        return (
          <>
            <p className="hero">
              <Figure shown={formatBytes(used)} raw={used} testId="memory-used" size="hero" />
              <span className="hero__note">{showText(formatShare(used / data.totalBytes))} used</span>
            </p>
            <TimeChart
              label="Memory"
              size="medium"
              ringKey="memory"
              series={memorySeries}
              stacked
              max={data.totalBytes}
              measure="bytes"
              formatTick={(value) => formatTick(formatBytes(value))}
            />
            <Legend>
              <LegendEntry label="Used" color="series-memory" shown={formatBytes(used)} raw={used} />
              <LegendEntry
                label="Cached"
                color="series-cached"
                shown={formatBytes(data.cachedBytes)}
                raw={data.cachedBytes}
                testId="memory-cached"
              />
              <LegendEntry
                label="Buffers"
                color="series-buffers"
                shown={formatBytes(data.buffersBytes)}
                raw={data.buffersBytes}
                testId="memory-buffers"
              />
              <LegendEntry
                label="Available"
                shown={formatBytes(data.availableBytes)}
                raw={data.availableBytes}
                testId="memory-available"
              />
            </Legend>
            <Bounded
              label="Swap"
              testId="memory-swap"
              used={swapUsed}
              total={data.swapTotalBytes}
              none="No swap on this machine"
            />
            {data.limit && (
              <Bounded
                label="Limit of this group"
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
            {showText(formatBytes(used))} of {showText(formatBytes(total))}
          </span>
        </>
      ) : (
        <span className="bounded__text">{none}</span>
      )}
    </div>
  );
}
