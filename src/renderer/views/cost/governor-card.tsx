import type { Budget, CostRaw } from '../../../shared/series/raw/cost.ts';
import { formatBytes, formatPerSecond, formatShare, showText } from '../../../shared/series/units.ts';
import { useTopic } from '../../session-context.ts';
import { SectionCard } from '../section-card.tsx';
import { describeGovernor } from './describe-governor.ts';

/** What the monitor is allowed to cost, and what it does to keep to it. */
export function GovernorCard() {
  const state = useTopic('cost');
  return (
    <SectionCard
      title="Governor"
      area="governor"
      width="half"
      state={state}
      aside={state.data?.governor.onBattery && 'on battery'}
    >
      {({ governor, collectors }) => (
        <>
          <p
            data-testid="governor"
            data-value={governor.level}
            className={governor.level > 0 ? 'alarm' : undefined}
          >
            {describeGovernor(governor)}
          </p>
          <Slowed governor={governor} collectors={collectors} />
          <dl className="properties">
            {describeBudget(governor.budget).map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd className={value === null ? 'quiet' : undefined}>{value ?? 'no limit'}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </SectionCard>
  );
}

function Slowed({ governor, collectors }: Pick<CostRaw, 'governor' | 'collectors'>) {
  const slowed = collectors.filter(({ id }) => governor.slowedTopics.includes(id));
  if (slowed.length === 0) return null;
  return (
    <ul className="chips" aria-label="Slowed down">
      {slowed.map(({ id, wantedIntervalMs, intervalMs }) => (
        <li key={id} className="chip is-alarming" data-testid="slowed" data-name={id}>
          <span>{id}</span>
          <strong>
            {seconds(wantedIntervalMs)} → {seconds(intervalMs)}
          </strong>
        </li>
      ))}
    </ul>
  );
}

function seconds(intervalMs: number | null): string {
  return intervalMs === null ? '–' : `${intervalMs / 1_000} s`;
}

function describeBudget({
  cpuShare,
  memoryBytes,
  forksPerSecond,
}: Budget): readonly (readonly [string, string | null])[] {
  return [
    ['Processor', cpuShare === null ? null : `${showText(formatShare(cpuShare))} of a core`],
    ['Memory', memoryBytes === null ? null : showText(formatBytes(memoryBytes))],
    ['Programs', forksPerSecond === null ? null : showText(formatPerSecond(forksPerSecond))],
  ];
}
