import { columns } from '../../shared/series/rings/ring-set.ts';
import { t } from '../../shared/texts/texts.ts';
import type { ChartSeries } from '../charts/streaming-chart.ts';

/** What a disk carries, each way. */
export const diskSeries: readonly [ChartSeries, ChartSeries] = [
  {
    get label() {
      return t('read');
    },
    column: columns.disk.read,
    color: 'series-read',
  },
  {
    get label() {
      return t('write');
    },
    column: columns.disk.written,
    color: 'series-written',
  },
];
