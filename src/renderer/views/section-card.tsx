import type { ReactNode } from 'react';
import type { Topic } from '../../shared/series/raw.ts';
import type { TopicState } from '../store/figures.ts';

export interface SectionCardProps<T extends Topic> {
  readonly title: string;
  readonly area: string;
  readonly state: TopicState<T>;
  /** What stands beside the title. */
  readonly aside?: ReactNode;
  readonly children: (data: NonNullable<TopicState<T>['data']>) => ReactNode;
}

const headings = {
  unsupported: 'Not available on this machine',
  needsPermission: 'Not permitted',
  late: 'No answer in time',
  stale: 'No answer for a while',
  failed: 'Could not be read',
} as const;

/**
 * The frame of one subject. Whatever its state (loading, unsupported, failed …) it stands in the same place and
 * keeps its least height, so that nothing jumps; figures that were known stay, with a word on why they are old.
 */
export function SectionCard<T extends Topic>({ title, area, state, aside, children }: SectionCardProps<T>) {
  const { status, data, message } = state;
  const troubled = status !== 'ok' && status !== 'loading';
  return (
    <section
      className={`card card--${area}`}
      data-testid={`card-${area}`}
      data-status={status}
      aria-label={title}
      aria-busy={status === 'loading'}
    >
      <header className="card__header">
        <h2>{title}</h2>
        <div className="card__aside">{aside}</div>
      </header>
      {troubled && data !== null && (
        <p className="notice notice--inline" role="status">
          <strong>{headings[status]}.</strong> {message} Showing the last reading.
        </p>
      )}
      {data !== null && children(data)}
      {data === null && troubled && (
        <div className="notice" role="status">
          <strong>{headings[status]}</strong>
          <p>{message}</p>
        </div>
      )}
      {status === 'loading' && <Skeleton />}
    </section>
  );
}

function Skeleton() {
  return (
    <div className="skeleton" aria-hidden="true">
      <span className="skeleton__figure" />
      <span className="skeleton__chart" />
      <span className="skeleton__line" />
      <span className="skeleton__line" />
    </div>
  );
}
