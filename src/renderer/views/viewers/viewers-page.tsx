import { ClosedCard } from './closed-card.tsx';
import { ConnectionsCard } from './connections-card.tsx';
import { DevicesCard } from './devices-card.tsx';

/** Who may watch this machine, who does, and what was left of those who went. */
export function ViewersPage() {
  return (
    <div className="sheet viewers" data-testid="viewers">
      <DevicesCard />
      <ConnectionsCard />
      <ClosedCard />
    </div>
  );
}
