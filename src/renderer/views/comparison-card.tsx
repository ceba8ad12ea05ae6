import { useState } from 'react';
import { ChartSpan } from '../charts/chart-span.tsx';
import { ComparisonChart, type Compared, type ComparisonChartProps } from '../charts/comparison-chart.tsx';
import { ToggleGroup } from '../design/components/toggle-group.tsx';
import { t } from '../../shared/texts/texts.ts';
import type { Topic } from '../../shared/series/raw.ts';
import type { TopicState } from '../../shared/series/topic-state.ts';
import { SectionCard } from './section-card.tsx';

/** One thing by which they are compared. */
export interface ComparedFigure extends Pick<
  ComparisonChartProps,
  'column' | 'measure' | 'max' | 'formatTick'
> {
  readonly key: string;
  readonly label: string;
}

export interface ComparisonCardProps<T extends Topic> {
  readonly title: string;
  readonly area: string;
  readonly state: TopicState<T>;
  readonly compared: readonly Compared[];
  readonly figures: readonly [ComparedFigure, ...ComparedFigure[]];
}

/** More lines than this are a cloud. */
const mostCompared = 128;

/** Many of one kind beside one another, by one figure at a time. Nothing where there are not two to compare. */
export function ComparisonCard<T extends Topic>(props: ComparisonCardProps<T>) {
  const { title, area, state, compared, figures } = props;
  const [chosen, choose] = useState(figures[0].key);
  const figure = figures.find(({ key }) => key === chosen) ?? figures[0];
  if (state.data !== null && compared.length < 2) return null;
  const rest = compared.length - mostCompared;
  return (
    <SectionCard
      title={title}
      area={area}
      state={state}
      aside={
        <>
          {figures.length > 1 && (
            <ToggleGroup
              label={t('charts:compare.by')}
              size="small"
              value={figure.key}
              options={figures.map(({ key, label }) => ({ value: key, label }))}
              onChange={choose}
              testId={`${area}-by`}
            />
          )}
          <ChartSpan />
        </>
      }
    >
      {() => (
        <>
          <ComparisonChart
            label={`${title}: ${figure.label}`}
            compared={compared.slice(0, mostCompared)}
            column={figure.column}
            measure={figure.measure}
            max={figure.max}
            formatTick={figure.formatTick}
          />
          {rest > 0 && <p className="quiet">{t('charts:compare.rest', { count: rest })}</p>}
        </>
      )}
    </SectionCard>
  );
}
