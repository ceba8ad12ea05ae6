import { formatShare } from '../../shared/series/units.ts';
import type { ChartSeries } from '../charts/streaming-chart.ts';
import { TimeChart } from '../charts/time-chart.tsx';
import type { PressureKey } from '../../shared/series/rings/draw-pressure.ts';
import { columns } from '../../shared/series/rings/ring-set.ts';
import { t } from '../../shared/texts/texts.ts';
import { formatTick } from '../charts/format-tick.ts';

const pressureSeries = (): readonly ChartSeries[] => [
  { label: t('someWaited'), column: columns.cpuPressure.some, color: 'series-iowait' },
  { label: t('allWaited'), column: columns.cpuPressure.full, color: 'series-system' },
];

/** How much of the time some, and all, waited for a resource. */
export function PressureChart({ ringKey }: { readonly ringKey: PressureKey }) {
  return (
    <TimeChart
      label={t(`pressure.${ringKey}`)}
      size="medium"
      ringKey={ringKey}
      series={pressureSeries()}
      stacked={false}
      max={{ kind: 'decimal', least: 0.1 }}
      measure="share"
      formatTick={(value) => formatTick(formatShare(value))}
    />
  );
}
