import { formatCount } from '../../../shared/series/units.ts';
import { ChartSpan } from '../../charts/chart-span.tsx';
import { useTopic } from '../../session-context.ts';
import { BytesPerSecondTile, CountTile, FactGrid, FactTile, RateTile, ShareTile } from '../facts.tsx';
import { PressureChart } from '../pressure-chart.tsx';
import { SectionCard } from '../section-card.tsx';

const noPressure = 'this kernel does not tell';

/** Whether memory is short: waiting, swapping, reading again what had been dropped, and killing. */
export function MemoryStressCard() {
  const state = useTopic('memory');
  const rates = state.rates?.status === 'ok' ? state.rates : null;
  return (
    <SectionCard title="Shortage" area="shortage" width="half" state={state} aside={<ChartSpan />}>
      {({ oomKills }) => (
        <>
          <PressureChart ringKey="memoryPressure" of="memory" />
          <FactGrid>
            <ShareTile
              label="Some waited"
              testId="memory-pressure-some"
              color="series-iowait"
              raw={rates?.pressure?.some}
              reason={noPressure}
              note="of the time (pressure)"
            />
            <ShareTile
              label="All waited"
              testId="memory-pressure-full"
              color="series-system"
              raw={rates?.pressure?.full}
              reason={noPressure}
              note="of the time (pressure)"
            />
            <BytesPerSecondTile label="Swapped in" testId="swap-in" raw={rates?.swapInBytesPerSecond} />
            <BytesPerSecondTile label="Swapped out" testId="swap-out" raw={rates?.swapOutBytesPerSecond} />
            <RateTile
              label="Major faults"
              testId="major-faults"
              raw={rates?.majorFaultsPerSecond}
              note="read from disk"
            />
            <FactTile
              label="OOM kills"
              testId="oom-kills"
              shown={formatCount(oomKills)}
              raw={oomKills}
              note="since boot"
              alarming={(oomKills ?? 0) > 0}
            />
            <CountTile
              label="Just now"
              testId="oom-kills-now"
              raw={rates?.oomKills}
              alarming={(rates?.oomKills ?? 0) > 0}
            />
          </FactGrid>
        </>
      )}
    </SectionCard>
  );
}
