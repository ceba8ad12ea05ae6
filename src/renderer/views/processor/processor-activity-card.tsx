import { formatCount, formatMeasured, showText } from '../../../shared/series/units.ts';
import { ChartSpan } from '../../charts/chart-span.tsx';
import type { ChartSeries } from '../../charts/streaming-chart.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { useTopic } from '../../session-context.ts';
import { columns } from '../../../shared/series/rings/ring-set.ts';
import { CountTile, FactGrid, FactTile, RateTile, type FactTileProps } from '../facts.tsx';
import { SectionCard } from '../section-card.tsx';

const loadSeries: readonly ChartSeries[] = [
  { label: '1 min', column: columns.load.one, color: 'series-user' },
  { label: '5 min', column: columns.load.five, color: 'series-steal' },
  { label: '15 min', column: columns.load.fifteen, color: 'series-frequency' },
];

/** What the processor is asked for: load, the queue before it, and how often it changes what it does. */
export function ProcessorActivityCard() {
  const state = useTopic('cpu');
  const rates = state.rates?.status === 'ok' ? state.rates : null;
  return (
    <SectionCard title="Load and activity" area="activity" width="half" state={state} aside={<ChartSpan />}>
      {({ load, runnable, blocked, cores }) => (
        <>
          <TimeChart
            label="Load"
            size="medium"
            ringKey="load"
            series={loadSeries}
            stacked={false}
            max={{ kind: 'decimal', least: Math.max(1, cores.length) }}
            measure="mean"
            formatTick={(value) => showText(formatCount(value))}
          />
          <FactGrid>
            <LoadTile label="Load, 1 min" testId="page-load-1" color="series-user" raw={load?.one} />
            <LoadTile label="5 min" testId="page-load-5" color="series-steal" raw={load?.five} />
            <LoadTile label="15 min" testId="page-load-15" color="series-frequency" raw={load?.fifteen} />
            <CountTile label="Running or ready" testId="runnable" raw={runnable} note="tasks" />
            <CountTile label="Waiting for a disk" testId="blocked" raw={blocked} note="tasks" />
            <RateTile
              label="Context switches"
              testId="context-switches"
              raw={rates?.contextSwitchesPerSecond}
            />
            <RateTile label="Interrupts" testId="interrupts" raw={rates?.interruptsPerSecond} />
            <RateTile label="New processes" testId="forks" raw={rates?.forksPerSecond} />
          </FactGrid>
        </>
      )}
    </SectionCard>
  );
}

function LoadTile({ raw, ...rest }: Pick<FactTileProps, 'label' | 'testId' | 'raw' | 'color'>) {
  return <FactTile {...rest} raw={raw} shown={formatMeasured(raw, '')} />;
}
