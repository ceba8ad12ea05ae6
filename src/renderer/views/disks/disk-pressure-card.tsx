import { t } from '../../../shared/texts/texts.ts';
import { ChartSpan } from '../../charts/chart-span.tsx';
import { useTopic } from '../../session-context.ts';
import { FactGrid, ShareTile } from '../facts.tsx';
import { PressureChart } from '../pressure-chart.tsx';
import { SectionCard } from '../section-card.tsx';

/** How much the machine as a whole waits for its disks. */
export function DiskPressureCard() {
  const state = useTopic('disk');
  const rated = state.rates?.status === 'ok' ? state.rates : null;
  return (
    <SectionCard title={t('disks:pressure.title')} area="disk-pressure" state={state} aside={<ChartSpan />}>
      {() => (
        <div className="beside">
          <FactGrid>
            <ShareTile
              label={t('someWaited')}
              testId="disk-pressure-some"
              color="series-iowait"
              raw={rated?.pressure?.some}
              reason={t('noPressure')}
              note={t('ofTime')}
            />
            <ShareTile
              label={t('allWaited')}
              testId="disk-pressure-full"
              color="series-system"
              raw={rated?.pressure?.full}
              reason={t('noPressure')}
              note={t('ofTime')}
            />
          </FactGrid>
          <PressureChart ringKey="diskPressure" />
        </div>
      )}
    </SectionCard>
  );
}
