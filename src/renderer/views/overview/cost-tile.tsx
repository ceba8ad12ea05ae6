import { formatBytes, formatShare, showText } from '../../../shared/series/units.ts';
import { columns } from '../../../shared/series/rings/ring-set.ts';
import { t } from '../../../shared/texts/texts.ts';
import type { ChartSeries } from '../../charts/streaming-chart.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { useTopic } from '../../session-context.ts';
import { Figure } from '../figure.tsx';
import { GovernorNotice } from '../governor-notice.tsx';
import { formatTick } from '../../charts/format-tick.ts';
import { Tile, TileHero, TileLine, useTileRoom } from './tile.tsx';
import { useExtent, useRangeText } from './use-extent.ts';

const series: readonly ChartSeries[] = [
  {
    get label() {
      return t('overview:processor.title');
    },
    column: columns.cost.cpu,
    color: 'series-frequency',
  },
];
const measured = [{ ringKey: 'cost', columns: [columns.cost.cpu] }] as const;

/** What watching costs, and what is therefore read less often. */
export function CostTile() {
  const state = useTopic('cost');
  const { chart } = useTileRoom();
  const range = useRangeText(useExtent(measured), formatShare);
  const share = state.rates?.status === 'ok' ? state.rates.cpuShare : null;
  return (
    <Tile title={t('overview:cost.title')} area="cost" page="cost" state={state} range={range}>
      {({ processes }) => {
        const resident = processes.reduce((sum, { residentBytes }) => sum + (residentBytes ?? 0), 0);
        return (
          <>
            <TileHero note={t('overview:cost.ofCore')}>
              <Figure shown={formatShare(share)} raw={share} testId="own-cost" size="hero" />
            </TileHero>
            <TimeChart
              key={chart}
              name={t('overview:cost.title')}
              label={t('overview:cost.chart', { share: showText(formatShare(share)) })}
              size={chart}
              ringKey="cost"
              series={series}
              stacked={false}
              max={{ kind: 'decimal', least: 0.02 }}
              measure="share"
              formatTick={(value) => formatTick(formatShare(value))}
            />
            <TileLine>
              <span>{t('overview:cost.memory', { memory: showText(formatBytes(resident)) })}</span>
              <GovernorNotice />
            </TileLine>
          </>
        );
      }}
    </Tile>
  );
}
