import { columns } from '../../shared/series/rings/ring-set.ts';
import { t } from '../../shared/texts/texts.ts';
import type { ChartSeries } from '../charts/streaming-chart.ts';

/** What an interface carries, each way. */
export const networkSeries: readonly [ChartSeries, ChartSeries] = [
  {
    get label() {
      return t('network:in');
    },
    column: columns.network.rx,
    color: 'series-in',
  },
  {
    get label() {
      return t('network:out');
    },
    column: columns.network.tx,
    color: 'series-out',
  },
];
