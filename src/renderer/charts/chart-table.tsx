import { useMemo } from 'react';
import { formatTime } from '../../shared/series/units.ts';
import { t } from '../../shared/texts/texts.ts';
import { Dialog } from '../design/components/dialog.tsx';
import { DataTable, type DataColumn } from '../views/data-table.tsx';
import { toChartRows, type ChartRow } from './chart-rows.ts';
import type { LiveChart } from './live-chart.ts';
import { formatValue } from './measures.ts';

export interface ChartTableProps {
  readonly chart: LiveChart;
  readonly title: string;
  readonly onClose: () => void;
}

/** What a chart showed when it was asked for, as a table: each reading, or least and greatest of some together. */
export function ChartTable({ chart, title, onClose }: ChartTableProps) {
  const { rows, columns } = useMemo(() => deriveTable(chart), [chart]);
  return (
    <Dialog title={t('charts:table.title', { title })} size="large" onClose={onClose} testId="chart-table">
      <DataTable
        label={title}
        testId="chart-row"
        empty={t('charts:table.empty')}
        columns={columns}
        rows={rows}
        rowKey={({ fromX }) => String(fromX)}
      />
    </Dialog>
  );
}

function deriveTable(chart: LiveChart): {
  rows: readonly ChartRow[];
  columns: readonly DataColumn<ChartRow>[];
} {
  const { series, measure, formatTick } = chart.options;
  const format = (value: number): string => formatValue(measure, formatTick, value);
  const time: DataColumn<ChartRow> = {
    key: 'time',
    label: t('charts:time'),
    sortBy: ({ fromX }) => fromX,
    cell: ({ fromX, toX }) =>
      fromX === toX
        ? formatTime(fromX)
        : t('charts:span.held', { from: formatTime(fromX), to: formatTime(toX) }),
  };
  const values = series.map(({ label }, at): DataColumn<ChartRow> => ({
    key: String(at),
    label,
    number: true,
    sortBy: ({ most }) => (Number.isNaN(most[at]) ? null : most[at]!),
    cell: ({ least, most }) =>
      least[at] === most[at] || Number.isNaN(most[at])
        ? format(most[at]!)
        : t('charts:span.held', { from: format(least[at]!), to: format(most[at]!) }),
  }));
  return { rows: toChartRows(chart.readings()), columns: [time, ...values] };
}
