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
    <SectionCard title="Waiting for disks" area="disk-pressure" state={state} aside={<ChartSpan />}>
      {() => (
        <div className="beside">
          <FactGrid>
            <ShareTile
              label="Some waited"
              testId="disk-pressure-some"
              color="series-iowait"
              raw={rated?.pressure?.some}
              reason="this kernel does not tell"
              note="of the time (pressure)"
            />
            <ShareTile
              label="All waited"
              testId="disk-pressure-full"
              color="series-system"
              raw={rated?.pressure?.full}
              reason="this kernel does not tell"
              note="of the time (pressure)"
            />
          </FactGrid>
          <PressureChart ringKey="diskPressure" of="a disk" />
        </div>
      )}
    </SectionCard>
  );
}
