import type { CpuRaw } from '../../../shared/series/raw/cpu.ts';
import type { CpuRates } from '../../../shared/series/rates/cpu.ts';
import { formatCount, formatMeasured, formatShare, formatWithPrefix } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { ChartSpan } from '../../charts/chart-span.tsx';
import { useTopic } from '../../session-context.ts';
import { FactGrid, FactTile, ShareTile } from '../facts.tsx';
import { Meter } from '../figure.tsx';
import { PressureChart } from '../pressure-chart.tsx';
import { SectionCard } from '../section-card.tsx';
import { describeAllowed } from './describe-allowed.ts';

/** What keeps the processor from doing more: the group's limit, heat, and its own frequency. */
export function ProcessorLimitsCard() {
  const state = useTopic('cpu');
  const rates = state.rates?.status === 'ok' ? state.rates : null;
  return (
    <SectionCard
      title={t('processor:limits.title')}
      area="limits"
      width="half"
      state={state}
      aside={<ChartSpan />}
    >
      {(data) => (
        <>
          <GroupLimit data={data} rates={rates} />
          <PressureChart ringKey="cpuPressure" />
          <FactGrid>
            <FrequencyFacts cores={data.cores} />
            <FactTile
              label={t('processor:slowedForHeat')}
              testId="throttles"
              shown={formatCount(sumThrottles(data.cores))}
              raw={sumThrottles(data.cores)}
              note={t('processor:limits.timesSinceBoot')}
              alarming={(sumThrottles(data.cores) ?? 0) > 0}
            />
            <FactTile
              label={t('processor:limits.throttled')}
              testId="throttled-share"
              shown={formatShare(rates?.cgroup?.throttledShare)}
              raw={rates?.cgroup?.throttledShare}
              reason={data.cgroup ? t('notTold') : t('processor:limits.noGroup')}
              note={t('processor:limits.ofPeriods')}
              alarming={(rates?.cgroup?.throttledShare ?? 0) > 0}
            />
            <ShareTile
              label={t('someWaited')}
              testId="cpu-pressure"
              color="series-iowait"
              raw={rates?.pressure?.some}
              reason={t('noPressure')}
              note={t('ofTime')}
            />
            <FactTile
              label={t('processor:limits.throttledTime')}
              testId="throttled-time"
              shown={formatMeasured(micros(data.cgroup?.throttledMicros), 's')}
              raw={micros(data.cgroup?.throttledMicros)}
              reason={data.cgroup ? t('notTold') : t('processor:limits.noGroup')}
              note={t('processor:limits.sinceGroup')}
            />
          </FactGrid>
        </>
      )}
    </SectionCard>
  );
}

function GroupLimit({ data, rates }: { readonly data: CpuRaw; readonly rates: CpuRates | null }) {
  const limit = data.cgroup?.limitCores ?? null;
  if (limit === null) {
    return <p className="quiet">{t('processor:limits.none', { count: data.cores.length })}</p>;
  }
  return (
    <div className="bounded" data-testid="cpu-limit" data-value={rates?.usedOfAllowed ?? undefined}>
      <Meter share={rates?.usedOfAllowed ?? null} label={t('processor:limits.ofAllowed')} />
      <span className="bounded__text">{describeAllowed(rates?.usedOfAllowed ?? null, limit)}</span>
    </div>
  );
}

function FrequencyFacts({ cores }: Pick<CpuRaw, 'cores'>) {
  const known = (pick: (core: CpuRaw['cores'][number]) => number | null): number[] =>
    cores.map(pick).filter((hertz) => hertz !== null);
  const now = known(({ frequencyHz }) => frequencyHz);
  const least = known(({ minFrequencyHz }) => minFrequencyHz);
  const most = known(({ maxFrequencyHz }) => maxFrequencyHz);
  const entries = [
    [
      t('processor:limits.frequencyNow'),
      'frequency-mean',
      now.reduce((sum, hertz) => sum + hertz / now.length, 0),
      now,
      t('processor:limits.mean'),
    ],
    [t('processor:limits.least'), 'frequency-min', Math.min(...least), least, undefined],
    [t('processor:limits.most'), 'frequency-max', Math.max(...most), most, undefined],
  ] as const;
  return entries.map(([label, testId, hertz, of, note]) => {
    const raw = of.length > 0 ? hertz : null;
    return (
      <FactTile
        key={testId}
        label={label}
        testId={testId}
        shown={formatWithPrefix(raw, 'Hz')}
        raw={raw}
        reason={t('processor:noFrequency')}
        note={note}
      />
    );
  });
}

function sumThrottles(cores: CpuRaw['cores']): number | null {
  const known = cores.map(({ throttles }) => throttles).filter((count) => count !== null);
  return known.length > 0 ? known.reduce((sum, count) => sum + count, 0) : null;
}

function micros(count: number | null | undefined): number | null {
  return count === null || count === undefined ? null : count / 1e6;
}
