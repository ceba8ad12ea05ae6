import { formatCount } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { ChartSpan } from '../../charts/chart-span.tsx';
import { useTopic } from '../../session-context.ts';
import { BytesPerSecondTile, CountTile, FactGrid, FactTile, RateTile, ShareTile } from '../facts.tsx';
import { PressureChart } from '../pressure-chart.tsx';
import { SectionCard } from '../section-card.tsx';

/** Whether memory is short: waiting, swapping, reading again what had been dropped, and killing. */
export function MemoryStressCard() {
  const state = useTopic('memory');
  const rates = state.rates?.status === 'ok' ? state.rates : null;
  return (
    <SectionCard
      title={t('memory:stress.title')}
      area="shortage"
      width="half"
      state={state}
      aside={<ChartSpan />}
    >
      {({ oomKills }) => (
        <>
          <PressureChart ringKey="memoryPressure" />
          <FactGrid>
            <ShareTile
              label={t('someWaited')}
              testId="memory-pressure-some"
              color="series-iowait"
              raw={rates?.pressure?.some}
              reason={t('noPressure')}
              note={t('ofTime')}
            />
            <ShareTile
              label={t('allWaited')}
              testId="memory-pressure-full"
              color="series-system"
              raw={rates?.pressure?.full}
              reason={t('noPressure')}
              note={t('ofTime')}
            />
            <BytesPerSecondTile
              label={t('memory:stress.swapIn')}
              testId="swap-in"
              raw={rates?.swapInBytesPerSecond}
            />
            <BytesPerSecondTile
              label={t('memory:stress.swapOut')}
              testId="swap-out"
              raw={rates?.swapOutBytesPerSecond}
            />
            <RateTile
              label={t('memory:stress.faults')}
              testId="major-faults"
              raw={rates?.majorFaultsPerSecond}
              note={t('memory:stress.faultsNote')}
            />
            <FactTile
              label={t('oomKills')}
              testId="oom-kills"
              shown={formatCount(oomKills)}
              raw={oomKills}
              note={t('sinceBoot')}
              alarming={(oomKills ?? 0) > 0}
            />
            <CountTile
              label={t('memory:stress.oomNow')}
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
