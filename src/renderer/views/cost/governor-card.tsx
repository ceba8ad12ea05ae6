import type { Budget, CostRaw } from '../../../shared/series/raw/cost.ts';
import {
  formatBytes,
  formatInterval,
  formatPerSecond,
  formatShare,
  showText,
} from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { SectionCard } from '../section-card.tsx';
import { nameTopic } from '../topic-names.ts';
import { describeGovernor } from './describe-governor.ts';

/** What the monitor is allowed to cost, and what it does to keep to it. */
export function GovernorCard() {
  const state = useTopic('cost');
  return (
    <SectionCard
      title={t('cost:governor.title')}
      area="governor"
      width="half"
      state={state}
      aside={state.data?.governor.onBattery && t('cost:governor.onBattery')}
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
                <dd className={value === null ? 'quiet' : undefined}>
                  {value ?? t('cost:governor.noLimit')}
                </dd>
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
    <ul className="chips" aria-label={t('cost:governor.slowed')}>
      {slowed.map(({ id, wantedIntervalMs, intervalMs }) => (
        <li key={id} className="chip is-alarming" data-testid="slowed" data-name={id}>
          <span>{nameTopic(id)}</span>
          <strong>
            {showText(formatInterval(wantedIntervalMs))} → {showText(formatInterval(intervalMs))}
          </strong>
        </li>
      ))}
    </ul>
  );
}

function describeBudget({
  cpuShare,
  memoryBytes,
  forksPerSecond,
}: Budget): readonly (readonly [string, string | null])[] {
  return [
    [
      t('processor'),
      cpuShare === null ? null : t('usage.shareOfCore', { share: showText(formatShare(cpuShare)) }),
    ],
    [t('memory'), memoryBytes === null ? null : showText(formatBytes(memoryBytes))],
    [t('cost:governor.programs'), forksPerSecond === null ? null : showText(formatPerSecond(forksPerSecond))],
  ];
}
