import { HostFactsCard } from './host-facts-card.tsx';
import { LoginsCard } from './logins-card.tsx';

/** What this machine is, and who is logged in. */
export function HostPage() {
  return (
    <div className="sheet">
      <HostFactsCard />
      <LoginsCard />
    </div>
  );
}
