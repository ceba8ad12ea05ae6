import { CertificateCard } from './certificate-card.tsx';
import { NearbyCard } from './nearby-card.tsx';
import { PairingCard } from './pairing-card.tsx';
import { SharingCard } from './sharing-card.tsx';

/** Whether and how this machine is shared, and the way in for one more device. */
export function SharingPage() {
  return (
    <div className="sheet sharing" data-testid="sharing">
      <SharingCard />
      <PairingCard />
      <CertificateCard />
      <NearbyCard />
    </div>
  );
}
