import { DiskCard } from './disk-card.tsx';
import { FilesystemsCard } from './filesystems-card.tsx';
import { GovernorNotice } from './governor-notice.tsx';
import { HostCard } from './host-card.tsx';
import { MemoryCard } from './memory-card.tsx';
import { NetworkCard } from './network-card.tsx';
import { ProcessorCard } from './processor-card.tsx';

/** Everything vital of one host, on one page. */
export function Overview() {
  return (
    <div className="overview" data-testid="overview">
      <GovernorNotice />
      <ProcessorCard />
      <MemoryCard />
      <NetworkCard />
      <DiskCard />
      <FilesystemsCard />
      <HostCard />
    </div>
  );
}
