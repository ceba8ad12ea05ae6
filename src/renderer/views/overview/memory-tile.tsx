import { formatBytes, formatShare, showText } from '../../../shared/series/units.ts';
import { columns } from '../../../shared/series/rings/ring-set.ts';
import { deriveUsedMemoryBytes } from '../../../shared/series/used-memory.ts';
import { t } from '../../../shared/texts/texts.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { useTopic } from '../../session-context.ts';
import { Figure } from '../figure.tsx';
import { memorySeries } from '../../charts/subject-series.ts';
import { formatTick } from '../../charts/format-tick.ts';
import { formatWholeShare } from './processor-tile.tsx';
import { Tile, TileHero, TileLine, useTileRoom } from './tile.tsx';
import { TileKey } from './tile-key.tsx';
import { useExtent, useRangeText } from './use-extent.ts';

const measured = [{ ringKey: 'memory', columns: [columns.memory.used] }] as const;

/** How much of memory programs hold, what is left, and what had to go to swap. */
export function MemoryTile() {
  const state = useTopic('memory');
  const { chart } = useTileRoom();
  const total = state.data?.totalBytes ?? NaN;
  const range = useRangeText(useExtent(measured), (bytes) => formatWholeShare(bytes / total));
  return (
    <Tile title={t('overview:memory.title')} area="memory" page="memory" state={state} range={range}>
      {(data) => {
        const used = deriveUsedMemoryBytes(data);
        const share = used / data.totalBytes;
        const swapUsed = data.swapTotalBytes - data.swapFreeBytes;
        return (
          <>
            <TileHero
              note={
                <>
                  <Figure shown={formatBytes(used)} raw={used} testId="memory-used" />{' '}
                  {t('overview:memory.ofTotal', { total: showText(formatBytes(data.totalBytes)) })}
                </>
              }
            >
              <Figure shown={formatShare(share)} raw={share} testId="memory-share" size="hero" />
            </TileHero>
            <dl className="tile__keys tile__keys--roomy">
              <TileKey label={t('memory:used')} color="series-memory" shown={formatBytes(used)} raw={used} />
              <TileKey
                label={t('memory:buffers')}
                color="series-buffers"
                shown={formatBytes(data.buffersBytes)}
                raw={data.buffersBytes}
                testId="memory-buffers"
              />
              <TileKey
                label={t('memory:cached')}
                color="series-cached"
                shown={formatBytes(data.cachedBytes)}
                raw={data.cachedBytes}
                testId="memory-cached"
              />
            </dl>
            <TimeChart
              key={chart}
              name={t('overview:memory.title')}
              label={t('overview:memory.chart', {
                used: showText(formatBytes(used)),
                total: showText(formatBytes(data.totalBytes)),
              })}
              size={chart}
              ringKey="memory"
              series={memorySeries}
              stacked
              max={data.totalBytes}
              measure="bytes"
              formatTick={(value) => formatTick(formatBytes(value))}
            />
            <TileLine>
              <span>
                <Figure
                  shown={formatBytes(data.availableBytes)}
                  raw={data.availableBytes}
                  testId="memory-available"
                />{' '}
                {t('overview:memory.available')}
              </span>
              {data.swapTotalBytes > 0 && (
                <span data-testid="memory-swap" data-value={swapUsed} data-total={data.swapTotalBytes}>
                  {t('overview:memory.swap', {
                    share: showText(formatShare(swapUsed / data.swapTotalBytes)),
                  })}
                </span>
              )}
              {data.limit && (
                <span data-testid="memory-limit" data-value={data.limit.usedBytes}>
                  {t('overview:memory.limit', {
                    share: showText(formatShare(data.limit.usedBytes / data.limit.limitBytes)),
                  })}
                </span>
              )}
            </TileLine>
          </>
        );
      }}
    </Tile>
  );
}
