import { MemoryCard } from '../memory-card.tsx';
import { MemoryDetailsCard } from './memory-details-card.tsx';
import { MemoryStressCard } from './memory-stress-card.tsx';

/** All that is known of memory and swap. */
export function MemoryPage() {
  return (
    <div className="sheet">
      <MemoryCard />
      <MemoryStressCard />
      <MemoryDetailsCard />
    </div>
  );
}
