import { ProcessorCard } from '../processor-card.tsx';
import { CoresCard } from './cores-card.tsx';
import { CoresChartCard } from './cores-chart-card.tsx';
import { ProcessorActivityCard } from './processor-activity-card.tsx';
import { ProcessorLimitsCard } from './processor-limits-card.tsx';

/** All that is known of the processor. */
export function ProcessorPage() {
  return (
    <div className="sheet">
      <ProcessorCard />
      <ProcessorActivityCard />
      <ProcessorLimitsCard />
      <CoresChartCard />
      <CoresCard />
    </div>
  );
}
