import { columns } from '../../shared/series/rings/ring-set.ts';
import { t } from '../../shared/texts/texts.ts';
import type { ChartSeries } from './streaming-chart.ts';

/** States of the processor as they are stacked, from the bottom. */
export const cpuSeries: readonly ChartSeries[] = [
  {
    get label() {
      return t('processor:state.user');
    },
    column: columns.cpu.user,
    color: 'series-user',
  },
  {
    get label() {
      return t('processor:state.system');
    },
    column: columns.cpu.system,
    color: 'series-system',
  },
  {
    get label() {
      return t('processor:state.iowait');
    },
    column: columns.cpu.iowait,
    color: 'series-iowait',
  },
  {
    get label() {
      return t('processor:state.steal');
    },
    column: columns.cpu.steal,
    color: 'series-steal',
  },
];

/** What memory holds, as it is stacked, from the bottom. */
export const memorySeries: readonly ChartSeries[] = [
  {
    get label() {
      return t('memory:used');
    },
    column: columns.memory.used,
    color: 'series-memory',
  },
  {
    get label() {
      return t('memory:buffers');
    },
    column: columns.memory.buffers,
    color: 'series-buffers',
  },
  {
    get label() {
      return t('memory:cached');
    },
    column: columns.memory.cached,
    color: 'series-cached',
  },
];

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
