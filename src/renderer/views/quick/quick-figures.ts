import type { Topic } from '../../../shared/series/raw.ts';
import type { RingKey } from '../../../shared/series/rings/ring-set.ts';
import { freshRates, type TopicState } from '../../../shared/series/topic-state.ts';
import { sumRates, trafficDevices, trafficInterfaces } from '../../../shared/series/traffic.ts';
import {
  formatBytes,
  formatBytesPerSecond,
  formatShare,
  formatTrafficPerSecond,
  showText,
  type Shown,
} from '../../../shared/series/units.ts';
import { deriveUsedMemoryBytes } from '../../../shared/series/used-memory.ts';
import { t } from '../../../shared/texts/texts.ts';
import type { ColorToken } from '../../charts/chart-colors.ts';
import { cpuSeries, diskSeries, memorySeries, networkSeries } from '../../charts/subject-series.ts';

/** The subjects of the quick view, in its order; each is the name of its page. */
export const quickSubjects = ['processor', 'memory', 'network', 'disks'] as const;
export type QuickSubject = (typeof quickSubjects)[number];

/** Topics that they are made of. */
export const quickTopics = ['cpu', 'memory', 'network', 'disk'] as const satisfies readonly Topic[];

/** One figure of a subject. */
export interface QuickFigure {
  readonly shown: Shown;
  /** In its base unit. */
  readonly raw: number | null;
  readonly testId: string;
  /** Where there are two: which, as a sign and in a word, and the colour that it is drawn in. */
  readonly way?: { readonly sign: string; readonly word: string; readonly color: ColorToken };
}

export interface QuickReading {
  /** One, or two ways of traffic. */
  readonly figures: readonly [QuickFigure, QuickFigure?];
  /** What the figure is to be seen against; empty where there is nothing to say. */
  readonly detail: string;
}

/** How a subject's chart is drawn. A top of null follows what is drawn. */
export interface QuickSeries {
  readonly ringKey: RingKey;
  readonly series: readonly { readonly column: number; readonly color: ColorToken }[];
  readonly isStacked: boolean;
}

export const quickSeries: Readonly<Record<QuickSubject, QuickSeries>> = {
  processor: { ringKey: 'cpu', series: cpuSeries, isStacked: true },
  memory: { ringKey: 'memory', series: memorySeries, isStacked: true },
  network: { ringKey: 'network', series: networkSeries, isStacked: false },
  disks: { ringKey: 'disk', series: diskSeries, isStacked: false },
};

export function deriveProcessor(state: TopicState<'cpu'>): QuickReading {
  const rates = freshRates(state);
  const used = rates?.status === 'ok' ? rates.total.used : null;
  const load = state.data?.load;
  return {
    figures: [{ shown: formatShare(used), raw: used, testId: 'cpu-total' }],
    detail: load ? t('quick:detail.load', { load: load.one.toFixed(2) }) : '',
  };
}

export function deriveMemory({ data }: TopicState<'memory'>): QuickReading {
  const used = data ? deriveUsedMemoryBytes(data) : null;
  const total = data ? showText(formatBytes(data.totalBytes)) : '';
  return {
    figures: [{ shown: formatBytes(used), raw: used, testId: 'memory-used' }],
    detail: data ? t('quick:detail.ofTotal', { total }) : '',
  };
}

export function deriveNetwork(state: TopicState<'network'>): QuickReading {
  const rates = freshRates(state);
  const known = rates?.status === 'ok' ? rates.interfaces : null;
  const main = trafficInterfaces(state.data?.interfaces ?? []);
  const [received, sent] = [
    sumRates(main, known, (of) => of.rxBytesPerSecond),
    sumRates(main, known, (of) => of.txBytesPerSecond),
  ];
  return {
    figures: [
      {
        ...{ shown: formatTrafficPerSecond(received), raw: received, testId: 'network-in' },
        way: { sign: '↓', word: t('quick:way.in'), color: 'series-in' },
      },
      {
        ...{ shown: formatTrafficPerSecond(sent), raw: sent, testId: 'network-out' },
        way: { sign: '↑', word: t('quick:way.out'), color: 'series-out' },
      },
    ],
    detail: '',
  };
}

export function deriveDisks(state: TopicState<'disk'>): QuickReading {
  const rates = freshRates(state);
  const known = rates?.status === 'ok' ? rates.devices : null;
  const main = trafficDevices(state.data?.devices ?? []);
  const [read, written] = [
    sumRates(main, known, (of) => of.readBytesPerSecond),
    sumRates(main, known, (of) => of.writtenBytesPerSecond),
  ];
  return {
    figures: [
      {
        ...{ shown: formatBytesPerSecond(read), raw: read, testId: 'disk-read' },
        way: { sign: t('quick:sign.read'), word: t('quick:way.read'), color: 'series-read' },
      },
      {
        ...{ shown: formatBytesPerSecond(written), raw: written, testId: 'disk-write' },
        way: { sign: t('quick:sign.written'), word: t('quick:way.written'), color: 'series-written' },
      },
    ],
    detail: '',
  };
}

/** A reading in words, for those who do not see it: `CPU: 8.6 %, load 0.42`. */
export function describeReading(subject: QuickSubject, { figures, detail }: QuickReading): string {
  const parts = figures.flatMap((figure) => {
    if (!figure) return [];
    const value = showText(figure.shown);
    return figure.way ? `${figure.way.word} ${value}` : value;
  });
  return `${t(`quick:short.${subject}`)}: ${[...parts, ...(detail ? [detail] : [])].join(', ')}`;
}
