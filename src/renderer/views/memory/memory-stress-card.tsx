import { formatCount } from '../../../shared/series/units.ts';
import { useTopic } from '../../session-context.ts';
import { BytesPerSecondTile, CountTile, FactGrid, FactTile, RateTile, ShareTile } from '../facts.tsx';
import { SectionCard } from '../section-card.tsx';

const noPressure = 'this kernel does not tell';

/** Whether memory is short: waiting, swapping, reading again what had been dropped, and killing. */
export function MemoryStressCard() {
  const state = useTopic('memory');
  const rates = state.rates?.status === 'ok' ? state.rates : null;
  return (
    <SectionCard title="Shortage" area="shortage" width="half" state={state}>
      {({ oomKills }) => (
        <FactGrid>
          <ShareTile
            label="Pressure: some waited"
            testId="memory-pressure-some"
            raw={rates?.pressure?.some}
            reason={noPressure}
            note="of the time"
          />
          <ShareTile
            label="Pressure: all waited"
            testId="memory-pressure-full"
            raw={rates?.pressure?.full}
            reason={noPressure}
            note="of the time"
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
            note="since boot, for want of memory"
            alarming={(oomKills ?? 0) > 0}
          />
          <CountTile
            label="Just now"
            testId="oom-kills-now"
            raw={rates?.oomKills}
            alarming={(rates?.oomKills ?? 0) > 0}
          />
        </FactGrid>
      )}
    </SectionCard>
  );
}
