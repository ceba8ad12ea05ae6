import type { InterfaceRaw } from '../../shared/series/raw/network.ts';
import type { InterfaceRates } from '../../shared/series/rates/network.ts';
import type { Rated } from '../../shared/series/rates/span.ts';
import { formatCount, showText } from '../../shared/series/units.ts';
import { ChartSpan } from '../charts/chart-span.tsx';
import type { ChartSeries } from '../charts/streaming-chart.ts';
import { useTopic } from '../session-context.ts';
import { describeGap, sortInterfaces } from '../store/figures.ts';
import { columns } from '../../shared/series/rings/ring-set.ts';
import { SectionCard } from './section-card.tsx';
import { byteFact, mostTrafficItems, nameSome, rateFact, TrafficItem, troubleFact } from './traffic-item.tsx';

/** What an interface carries, each way. */
export const networkSeries: readonly [ChartSeries, ChartSeries] = [
  { label: 'In', column: columns.network.rx, color: 'series-in' },
  { label: 'Out', column: columns.network.tx, color: 'series-out' },
];

const kinds: Readonly<Record<InterfaceRaw['kind'], string>> = {
  ethernet: 'Wired',
  wifi: 'Wireless',
  virtual: 'Virtual',
  loopback: 'Loopback',
  other: 'Other',
};

/** Every interface with what it carries; those that never carried anything are only named. */
export function NetworkCard() {
  const state = useTopic('network');
  const rates = state.rates?.status === 'ok' ? state.rates.interfaces : null;
  const reason = state.rates?.status === 'gap' ? state.rates.reason : null;
  return (
    <SectionCard title="Network" area="network" state={state} aside={<ChartSpan />}>
      {({ interfaces }) => {
        const sorted = sortInterfaces(interfaces);
        const used = sorted.filter(
          ({ rxBytes, txBytes, state: link }) => link === 'up' || rxBytes + txBytes > 0,
        );
        const shown = used.length > 0 ? used : sorted;
        const silent = sorted.filter((entry) => !shown.includes(entry));
        return (
          <div className="traffic-list">
            {shown.slice(0, mostTrafficItems).map((entry) => {
              const rated = rates?.get(entry.name) ?? (reason ? ({ status: 'gap', reason } as const) : null);
              return <Interface key={entry.name} entry={entry} rated={rated} />;
            })}
            {interfaces.length === 0 && <p className="empty">This machine has no network interface.</p>}
            {shown.length > mostTrafficItems && (
              <a href="#network" className="more">
                {shown.length - mostTrafficItems} more
              </a>
            )}
            {silent.length > 0 && <p className="empty">Not in use: {nameSome(silent)}</p>}
          </div>
        );
      }}
    </SectionCard>
  );
}

interface InterfaceProps {
  readonly entry: InterfaceRaw;
  readonly rated: Rated<InterfaceRates> | null;
}

function Interface({ entry, rated }: InterfaceProps) {
  const rates = rated?.status === 'ok' ? rated : null;
  const speed = entry.speedBitsPerSecond ? ` · ${showText(formatCount(entry.speedBitsPerSecond))}bit/s` : '';
  const link = entry.state === 'down' ? ' · down' : '';
  return (
    <TrafficItem
      kind="interface"
      name={entry.name}
      note={`${kinds[entry.kind]}${speed}${link}`}
      ringKey={`network/${entry.name}`}
      series={networkSeries}
      rates={rates && [rates.rxBytesPerSecond, rates.txBytesPerSecond]}
      testIds={['rx-rate', 'tx-rate']}
      gap={rated?.status === 'gap' ? describeGap(rated.reason) : null}
      facts={[
        rateFact('Packets in', 'rx-packets', rates?.rxPacketsPerSecond),
        rateFact('Packets out', 'tx-packets', rates?.txPacketsPerSecond),
        byteFact('Received', 'rx-total', entry.rxBytes),
        byteFact('Sent', 'tx-total', entry.txBytes),
        troubleFact('Errors', 'errors', entry.rxErrors + entry.txErrors),
        troubleFact('Drops', 'drops', entry.rxDropped + entry.txDropped),
      ]}
    />
  );
}
