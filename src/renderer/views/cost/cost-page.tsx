import { CostCollectorsCard } from './cost-collectors-card.tsx';
import { CostProcessesCard } from './cost-processes-card.tsx';
import { CostTotalsCard } from './cost-totals-card.tsx';
import { CostViewersCard } from './cost-viewers-card.tsx';
import { GovernorCard } from './governor-card.tsx';

/** What the monitor itself costs, by process, by collector and by viewer, and what it is held to. */
export function CostPage() {
  return (
    <div className="sheet">
      <CostTotalsCard />
      <GovernorCard />
      <CostProcessesCard />
      <CostCollectorsCard />
      <CostViewersCard />
    </div>
  );
}
