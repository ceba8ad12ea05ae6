import type { ReactNode } from 'react';
import type { Topic } from '../../shared/series/raw.ts';
import { formatDuration } from '../../shared/series/units.ts';
import type { TopicState } from '../../shared/series/topic-state.ts';
import { t } from '../../shared/texts/texts.ts';
import { HostText } from './host-text.tsx';
import { Remedy } from './remedy.tsx';

export interface SectionCardProps<T extends Topic> {
  readonly title: string;
  readonly area: string;
  /** Where the title leads, where it leads anywhere. */
  readonly href?: string;
  /** How much of a subject's page it takes; `tall` is half of it, as high as two others. */
  readonly width?: 'full' | 'half' | 'tall';
  readonly state: TopicState<T>;
  /** What stands beside the title. */
  readonly aside?: ReactNode;
  readonly children: (data: NonNullable<TopicState<T>['data']>) => ReactNode;
}

/** What passes by itself, mostly with the next reading: said beside the title, where it moves nothing. */
const marked = [
  'late',
  'stale',
  'unsupported',
  'needsPermission',
  'failed',
  'counterReset',
  'slept',
] as const;

/**
 * The frame of one subject. Whatever its state (loading, unsupported, failed …) it stands in the same place and
 * keeps its least height, so that nothing jumps; figures that were known stay, greyed, with their age and a word on
 * why they are old.
 */
export function SectionCard<T extends Topic>({
  title,
  area,
  href,
  width = 'full',
  state,
  aside,
  children,
}: SectionCardProps<T>) {
  const { status, truth, data, ageMs } = state;
  const mark = data === null ? undefined : marked.find((one) => one === truth);
  const isOld = data !== null && status !== 'ok';
  return (
    <section
      className={`card card--${area} card--${width}`}
      data-testid={`card-${area}`}
      data-status={status}
      data-truth={truth}
      aria-label={title}
      aria-busy={status === 'loading'}
    >
      <header className="card__header">
        <h2>{href ? <a href={href}>{title}</a> : title}</h2>
        <div className="card__aside">
          {mark && (
            <span className="truth" data-testid="truth">
              {t(`states:mark.${mark}`)}
              {isOld && ` · ${t('states:old', { age: formatDuration(ageMs / 1_000) })}`}
            </span>
          )}
          {aside}
        </div>
      </header>
      {/* A late answer mostly comes with the next sample: no notice that pushes everything down for a second. */}
      {isOld && status !== 'late' && <Notice state={state} inline />}
      {data !== null && (
        <div className={isOld ? 'card__content is-old' : 'card__content'}>{children(data)}</div>
      )}
      {data === null && status !== 'ok' && status !== 'loading' && <Notice state={state} inline={false} />}
      {status === 'loading' && <Skeleton />}
    </section>
  );
}

function Notice({ state, inline }: { readonly state: TopicState<Topic>; readonly inline: boolean }) {
  const { status, message, code, remedy } = state;
  if (status === 'ok' || status === 'loading') return null;
  return (
    <div className={inline ? 'notice notice--inline' : 'notice'} role="status">
      <strong>
        {t(`states:heading.${status}`)}
        {code !== null && ` (${code})`}
      </strong>
      <p>
        <HostText text={message ?? ''} />
      </p>
      {remedy !== null && <Remedy text={remedy} />}
    </div>
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
