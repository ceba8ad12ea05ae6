import { BatteriesCard } from './batteries-card.tsx';
import { EnergyCard } from './energy-card.tsx';
import { ReadingsCard } from './readings-card.tsx';

/** Temperatures, fans, voltages; what power is drawn, and from where. */
export function SensorsPage() {
  return (
    <div className="sheet">
      <ReadingsCard />
      <EnergyCard />
      <BatteriesCard />
    </div>
  );
}
