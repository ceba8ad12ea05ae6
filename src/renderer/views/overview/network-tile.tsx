import { formatTrafficPerSecond, formatWithPrefix, showText } from '../../../shared/series/units.ts';
import type { InterfaceRaw } from '../../../shared/series/raw/network.ts';
import type { InterfaceRates } from '../../../shared/series/rates/network.ts';
import { columns } from '../../../shared/series/rings/ring-set.ts';
import type { Rated } from '../../../shared/series/rates/span.ts';
import { sumRates, trafficInterfaces } from '../../../shared/series/traffic.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { describeGap } from '../../store/figures.ts';
import { networkSeries } from '../../charts/subject-series.ts';
import { showName } from '../show-name.ts';
import { Tile, TileLine } from './tile.tsx';
import { TrafficHero } from './traffic-hero.tsx';
import { useExtent, useRangeText } from './use-extent.ts';

const measured = [
  { ringKey: 'network', columns: [columns.network.rx] },
  { ringKey: 'network', columns: [columns.network.tx] },
] as const;

/** What goes in and out of the machine, and through which interface most of it. */
export function NetworkTile() {
  const state = useTopic('network');
  const range = useRangeText(useExtent(measured), formatTrafficPerSecond);
  const rates = state.rates?.status === 'ok' ? state.rates.interfaces : null;
  return (
    <Tile title={t('overview:network.title')} area="network" page="network" state={state} range={range}>
      {({ interfaces }) => {
        const main = trafficInterfaces(interfaces);
        const busiest = findBusiest(main, rates);
        return (
          <>
            <TrafficHero
              name={t('overview:network.title')}
              ringKey="network"
              series={networkSeries}
              ways={[t('overview:network.in'), t('overview:network.out')]}
              rates={[
                sumRates(main, rates, ({ rxBytesPerSecond }) => rxBytesPerSecond),
                sumRates(main, rates, ({ txBytesPerSecond }) => txBytesPerSecond),
              ]}
              testIds={['rx-rate', 'tx-rate']}
              kind="traffic"
              format={formatTrafficPerSecond}
            />
            <TileLine>
              {state.rates?.status === 'gap' && <span>{describeGap(state.rates.reason)}</span>}
              {busiest && (
                <span className="clip" data-testid="busiest-interface" data-name={busiest.name}>
                  {main.length > 1
                    ? t('overview:network.mostly', { name: showName(busiest.name) })
                    : showName(busiest.name)}
                </span>
              )}
              {busiest?.speedBitsPerSecond && (
                <span>{showText(formatWithPrefix(busiest.speedBitsPerSecond, 'bit/s'))}</span>
              )}
              {main.length > 1 && (
                <span className="tile__optional">{t('overview:network.count', { count: main.length })}</span>
              )}
            </TileLine>
          </>
        );
      }}
    </Tile>
  );
}

/** The interface that carries most now; the first that is up while none carries anything. */
function findBusiest(
  interfaces: readonly InterfaceRaw[],
  rates: ReadonlyMap<string, Rated<InterfaceRates>> | null,
): InterfaceRaw | null {
  let [busiest, most] = [interfaces.find(({ state }) => state === 'up') ?? interfaces[0] ?? null, 0];
  for (const entry of interfaces) {
    const rated = rates?.get(entry.name);
    if (rated?.status !== 'ok') continue;
    const carried = rated.rxBytesPerSecond + rated.txBytesPerSecond;
    if (carried > most) [busiest, most] = [entry, carried];
  }
  return busiest;
}
