import { DiskPressureCard } from './disk-pressure-card.tsx';
import { DisksCard } from './disks-card.tsx';
import { DisksChartCard } from './disks-chart-card.tsx';
import { MountsCard } from './mounts-card.tsx';

/** Disks with what they do, and what is kept on them. */
export function DisksPage() {
  return (
    <div className="sheet">
      <DisksCard />
      <DisksChartCard />
      <DiskPressureCard />
      <MountsCard />
    </div>
  );
}
