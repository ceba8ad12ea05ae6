import type { CostRaw } from '../../../shared/series/raw/cost.ts';
import { formatBytes, formatCount, formatMilliseconds, showText } from '../../../shared/series/units.ts';
import { ChartSpan } from '../../charts/chart-span.tsx';
import type { ChartSeries } from '../../charts/streaming-chart.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { useTopic } from '../../session-context.ts';
import { describeGap } from '../../store/figures.ts';
import { columns } from '../../../shared/series/rings/ring-set.ts';
import { BytesPerSecondTile, BytesTile, FactGrid, MillisecondsTile, RateTile, ShareTile } from '../facts.tsx';
import { SectionCard } from '../section-card.tsx';

const cpuSeries: readonly ChartSeries[] = [
  { label: 'Processor', column: columns.cost.cpu, color: 'series-user' },
];

/** The whole of it. */
export function CostTotalsCard() {
  const state = useTopic('cost');
  const rates = state.rates?.status === 'ok' ? state.rates : null;
  const gap = describeGap(state.rates?.status === 'gap' ? state.rates.reason : 'missing');
  const notMeasured = 'not measured yet';
  return (
    <SectionCard title="Own cost" area="cost-totals" state={state} aside={<ChartSpan />}>
      {(cost) => (
        <>
          <TimeChart
            label="Own cost"
            size="medium"
            ringKey="cost"
            series={cpuSeries}
            stacked={false}
            max={{ kind: 'decimal', least: 0.01 }}
            measure="share"
            formatTick={(value) => `${Number((value * 100).toPrecision(2))} %`}
          />
          <FactGrid>
            <ShareTile
              label="Processor"
              testId="cost-cpu"
              color="series-user"
              raw={rates?.cpuShare}
              reason={gap}
              note={`of a core, ${showText(formatMilliseconds(cost.cpuMs))} in all`}
            />
            <BytesTile
              label="Memory"
              testId="cost-memory"
              raw={sumResident(cost)}
              note="of all its processes"
            />
            <RateTile
              label="Programs started"
              testId="cost-forks"
              raw={rates?.forksPerSecond}
              reason={gap}
              note={`${showText(formatCount(cost.forks))} in all`}
            />
            <BytesPerSecondTile
              label="Written to disk"
              testId="cost-written"
              raw={rates?.writtenBytesPerSecond}
              reason={rates ? 'not told here' : gap}
              note={`${showText(formatBytes(cost.writtenBytes))} in all`}
            />
            <BytesPerSecondTile
              label="Sent to viewers"
              testId="cost-sent"
              raw={rates?.sentBytesPerSecond}
              reason={gap}
              note={`${showText(formatBytes(cost.sentBytes))} in all`}
            />
            <RateTile
              label="Encodings"
              testId="cost-encodes"
              raw={rates?.encodesPerSecond}
              reason={gap}
              note={`${showText(formatCount(cost.encodes))} in all`}
            />
            <BytesTile
              label="JavaScript heap"
              testId="cost-heap"
              raw={cost.heapUsedBytes}
              note="of the host"
            />
            <MillisecondsTile
              label="Event loop late: half"
              testId="cost-loop-p50"
              raw={cost.eventLoop?.delayMsP50}
              reason={notMeasured}
              note="of the time at most"
            />
            <MillisecondsTile
              label="99 of 100"
              testId="cost-loop-p99"
              raw={cost.eventLoop?.delayMsP99}
              reason={notMeasured}
              note="of the time at most"
            />
            <MillisecondsTile
              label="At most"
              testId="cost-loop-max"
              raw={cost.eventLoop?.delayMsMax}
              reason={notMeasured}
              note="since the last reading"
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
