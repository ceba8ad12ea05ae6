import { InterfacesCard } from './interfaces-card.tsx';
import { InterfacesChartCard } from './interfaces-chart-card.tsx';
import { ListenersCard } from './listeners-card.tsx';
import { RoutesCard } from './routes-card.tsx';
import { SocketsCard } from './sockets-card.tsx';

/** Interfaces with what they carry, the connections over them, and who listens. */
export function NetworkPage() {
  return (
    <div className="sheet">
      <InterfacesCard />
      <InterfacesChartCard />
      <SocketsCard />
      <RoutesCard />
      <ListenersCard />
    </div>
  );
}
