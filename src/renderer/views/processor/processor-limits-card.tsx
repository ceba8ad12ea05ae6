import type { CpuRaw } from '../../../shared/series/raw/cpu.ts';
import type { CpuRates } from '../../../shared/series/rates/cpu.ts';
import { formatCount, formatMeasured, formatShare, formatWithPrefix } from '../../../shared/series/units.ts';
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
    <SectionCard title="Limits and waiting" area="limits" width="half" state={state} aside={<ChartSpan />}>
      {(data) => (
        <>
          <GroupLimit data={data} rates={rates} />
          <PressureChart ringKey="cpuPressure" of="a core" />
          <FactGrid>
            <FrequencyFacts cores={data.cores} />
            <FactTile
              label="Slowed for heat"
              testId="throttles"
              shown={formatCount(sumThrottles(data.cores))}
              raw={sumThrottles(data.cores)}
              note="times since boot"
              alarming={(sumThrottles(data.cores) ?? 0) > 0}
            />
            <FactTile
              label="Cut short by the group"
              testId="throttled-share"
              shown={formatShare(rates?.cgroup?.throttledShare)}
              raw={rates?.cgroup?.throttledShare}
              reason={data.cgroup ? 'not told here' : 'no group limits this host'}
              note="of its periods"
              alarming={(rates?.cgroup?.throttledShare ?? 0) > 0}
            />
            <ShareTile
              label="Some waited"
              testId="cpu-pressure"
              color="series-iowait"
              raw={rates?.pressure?.some}
              reason="this kernel does not tell"
              note="of the time (pressure)"
            />
            <FactTile
              label="Waited for its quota"
              testId="throttled-time"
              shown={formatMeasured(micros(data.cgroup?.throttledMicros), 's')}
              raw={micros(data.cgroup?.throttledMicros)}
              reason={data.cgroup ? 'not told here' : 'no group limits this host'}
              note="since the group is there"
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
    return <p className="quiet">This host may use all {data.cores.length} cores: no group limits it.</p>;
  }
  return (
    <div className="bounded" data-testid="cpu-limit" data-value={rates?.usedOfAllowed ?? undefined}>
      <Meter share={rates?.usedOfAllowed ?? null} label="Of what this host may use" />
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
      'Frequency now',
      'frequency-mean',
      now.reduce((sum, hertz) => sum + hertz / now.length, 0),
      now,
      'mean of the cores',
    ],
    ['Least', 'frequency-min', Math.min(...least), least, undefined],
    ['Most', 'frequency-max', Math.max(...most), most, undefined],
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
        reason="no frequency driver here"
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
