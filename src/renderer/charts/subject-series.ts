import { columns } from '../../shared/series/rings/ring-set.ts';
import { t } from '../../shared/texts/texts.ts';
import type { ColorToken } from './chart-colors.ts';
import type { ChartSeries } from './streaming-chart.ts';

/** `name` is asked for whenever the label is read: the language may change meanwhile. */
function line(name: () => string, column: number, color: ColorToken): ChartSeries {
  return {
    get label() {
      return name();
    },
    column,
    color,
  };
}

/** States of the processor as they are stacked, from the bottom. */
export const cpuSeries: readonly ChartSeries[] = [
  line(() => t('processor:state.user'), columns.cpu.user, 'series-user'),
  line(() => t('processor:state.system'), columns.cpu.system, 'series-system'),
  line(() => t('processor:state.iowait'), columns.cpu.iowait, 'series-iowait'),
  line(() => t('processor:state.steal'), columns.cpu.steal, 'series-steal'),
];

/** What memory holds, as it is stacked, from the bottom. */
export const memorySeries: readonly ChartSeries[] = [
  line(() => t('memory:used'), columns.memory.used, 'series-memory'),
  line(() => t('memory:buffers'), columns.memory.buffers, 'series-buffers'),
  line(() => t('memory:cached'), columns.memory.cached, 'series-cached'),
];

/** What an interface carries, each way. */
export const networkSeries: readonly [ChartSeries, ChartSeries] = [
  line(() => t('network:in'), columns.network.rx, 'series-in'),
  line(() => t('network:out'), columns.network.tx, 'series-out'),
];

/** What a disk carries, each way. */
export const diskSeries: readonly [ChartSeries, ChartSeries] = [
  line(() => t('read'), columns.disk.read, 'series-read'),
  line(() => t('write'), columns.disk.written, 'series-written'),
];
