import type { CostRaw } from '../../../shared/series/raw/cost.ts';
import {
  formatBytes,
  formatCount,
  formatMilliseconds,
  formatShare,
  showText,
} from '../../../shared/series/units.ts';
import { ChartSpan } from '../../charts/chart-span.tsx';
import type { ChartSeries } from '../../charts/streaming-chart.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { useTopic } from '../../session-context.ts';
import { describeGap } from '../../store/figures.ts';
import { columns } from '../../../shared/series/rings/ring-set.ts';
import { t } from '../../../shared/texts/texts.ts';
import {
  BytesPerSecondTile,
  BytesTile,
  FactGrid,
  MillisecondsTile,
  RateTile,
  ShareTile,
  TrafficTile,
} from '../facts.tsx';
import { SectionCard } from '../section-card.tsx';
import { formatTick } from '../../charts/format-tick.ts';

const cpuSeries = (): readonly ChartSeries[] => [
  { label: t('processor'), column: columns.cost.cpu, color: 'series-user' },
];

/** The whole of it. */
export function CostTotalsCard() {
  const state = useTopic('cost');
  const rates = state.rates?.status === 'ok' ? state.rates : null;
  const gap = describeGap(state.rates?.status === 'gap' ? state.rates.reason : 'missing');
  const notMeasured = t('notMeasured');
  return (
    <SectionCard title={t('cost:title')} area="cost-totals" state={state} aside={<ChartSpan />}>
      {(cost) => (
        <>
          <TimeChart
            label={t('cost:title')}
            size="medium"
            ringKey="cost"
            series={cpuSeries()}
            stacked={false}
            max={{ kind: 'decimal', least: 0.01 }}
            measure="share"
            formatTick={(value) => formatTick(formatShare(value))}
          />
          <FactGrid>
            <ShareTile
              label={t('processor')}
              testId="cost-cpu"
              color="series-user"
              raw={rates?.cpuShare}
              reason={gap}
              note={t('cost:ofCoreInAll', { time: showText(formatMilliseconds(cost.cpuMs)) })}
            />
            <BytesTile
              label={t('memory')}
              testId="cost-memory"
              raw={sumResident(cost)}
              note={t('cost:ofProcesses')}
            />
            <RateTile
              label={t('cost:forks')}
              testId="cost-forks"
              raw={rates?.forksPerSecond}
              reason={gap}
              note={t('inAll', { sum: showText(formatCount(cost.forks)) })}
            />
            <BytesPerSecondTile
              label={t('cost:writtenToDisk')}
              testId="cost-written"
              raw={rates?.writtenBytesPerSecond}
              reason={rates ? t('notTold') : gap}
              note={t('inAll', { sum: showText(formatBytes(cost.writtenBytes)) })}
            />
            <TrafficTile
              label={t('cost:sentToViewers')}
              testId="cost-sent"
              raw={rates?.sentBytesPerSecond}
              reason={gap}
              note={t('inAll', { sum: showText(formatBytes(cost.sentBytes)) })}
            />
            <RateTile
              label={t('cost:encodings')}
              testId="cost-encodes"
              raw={rates?.encodesPerSecond}
              reason={gap}
              note={t('inAll', { sum: showText(formatCount(cost.encodes)) })}
            />
            <BytesTile
              label={t('cost:heap')}
              testId="cost-heap"
              raw={cost.heapUsedBytes}
              note={t('cost:ofHost')}
            />
            <MillisecondsTile
              label={t('cost:loop.half')}
              testId="cost-loop-p50"
              raw={cost.eventLoop?.delayMsP50}
              reason={notMeasured}
              note={t('cost:loop.atMostNote')}
            />
            <MillisecondsTile
              label={t('cost:loop.most')}
              testId="cost-loop-p99"
              raw={cost.eventLoop?.delayMsP99}
              reason={notMeasured}
              note={t('cost:loop.atMostNote')}
            />
            <MillisecondsTile
              label={t('cost:loop.max')}
              testId="cost-loop-max"
              raw={cost.eventLoop?.delayMsMax}
              reason={notMeasured}
              note={t('cost:loop.maxNote')}
            />
          </FactGrid>
        </>
      )}
    </SectionCard>
  );
}

function sumResident({ processes }: CostRaw): number | null {
  const known = processes.map(({ residentBytes }) => residentBytes).filter((bytes) => bytes !== null);
  return known.length > 0 ? known.reduce((sum, bytes) => sum + bytes, 0) : null;
}
