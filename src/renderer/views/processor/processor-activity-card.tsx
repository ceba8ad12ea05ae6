import { formatCount, formatMeasured, showText } from '../../../shared/series/units.ts';
import { ChartSpan } from '../../charts/chart-span.tsx';
import type { ChartSeries } from '../../charts/streaming-chart.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { useTopic } from '../../session-context.ts';
import { columns } from '../../../shared/series/rings/ring-set.ts';
import { t } from '../../../shared/texts/texts.ts';
import { CountTile, FactGrid, FactTile, RateTile, type FactTileProps } from '../facts.tsx';
import { SectionCard } from '../section-card.tsx';

const loadSeries = (): readonly ChartSeries[] => [
  { label: t('processor:load.one'), column: columns.load.one, color: 'series-user' },
  { label: t('processor:load.five'), column: columns.load.five, color: 'series-steal' },
  { label: t('processor:load.fifteen'), column: columns.load.fifteen, color: 'series-frequency' },
];

/** What the processor is asked for: load, the queue before it, and how often it changes what it does. */
export function ProcessorActivityCard() {
  const state = useTopic('cpu');
  const rates = state.rates?.status === 'ok' ? state.rates : null;
  return (
    <SectionCard
      title={t('processor:activity.title')}
      area="activity"
      width="half"
      state={state}
      aside={<ChartSpan />}
    >
      {({ load, runnable, blocked, cores }) => (
        <>
          <TimeChart
            label={t('processor:load.chart')}
            size="medium"
            ringKey="load"
            series={loadSeries()}
            stacked={false}
            max={{ kind: 'decimal', least: Math.max(1, cores.length) }}
            measure="mean"
            formatTick={(value) => showText(formatCount(value))}
          />
          <FactGrid>
            <LoadTile
              label={t('processor:load.first')}
              testId="page-load-1"
              color="series-user"
              raw={load?.one}
            />
            <LoadTile
              label={t('processor:load.five')}
              testId="page-load-5"
              color="series-steal"
              raw={load?.five}
            />
            <LoadTile
              label={t('processor:load.fifteen')}
              testId="page-load-15"
              color="series-frequency"
              raw={load?.fifteen}
            />
            <CountTile
              label={t('processor:activity.runnable')}
              testId="runnable"
              raw={runnable}
              note={t('processor:activity.tasks')}
            />
            <CountTile
              label={t('processor:activity.blocked')}
              testId="blocked"
              raw={blocked}
              note={t('processor:activity.tasks')}
            />
            <RateTile
              label={t('processor:activity.switches')}
              testId="context-switches"
              raw={rates?.contextSwitchesPerSecond}
            />
            <RateTile label={t('processor:state.irq')} testId="interrupts" raw={rates?.interruptsPerSecond} />
            <RateTile label={t('processor:activity.forks')} testId="forks" raw={rates?.forksPerSecond} />
          </FactGrid>
        </>
      )}
    </SectionCard>
  );
}

function LoadTile({ raw, ...rest }: Pick<FactTileProps, 'label' | 'testId' | 'raw' | 'color'>) {
  return <FactTile {...rest} raw={raw} shown={formatMeasured(raw, '')} />;
}
