import type { InterfaceRaw } from '../../../shared/series/raw/network.ts';
import { formatMeasured, formatTrafficPerSecond, formatWithPrefix } from '../../../shared/series/units.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { BytesTile, CountTile, FactGrid, FactTile, RateTile, ShareTile } from '../facts.tsx';
import { Legend, LegendEntry } from '../figure.tsx';
import { Name } from '../name.tsx';
import { networkSeries } from '../network-card.tsx';
import { showName } from '../show-name.ts';
import { formatTick } from '../traffic-item.tsx';
import { deriveUtilisation, describeLink } from './describe-link.ts';
import type { InterfaceRow } from './interfaces-card.tsx';

const states: Readonly<Record<InterfaceRaw['state'], string>> = {
  up: 'up',
  down: 'down',
  unknown: 'state not told',
};

/** One interface with all that is known of it. */
export function InterfaceDetails({ row: { link, rates, gap } }: { readonly row: InterfaceRow }) {
  const name = showName(link.name);
  const utilisation = deriveUtilisation(link, rates);
  return (
    <article className="details" data-testid="interface-details" data-name={link.name} aria-label={name}>
      <header className="details__header">
        <h3>
          <Name text={link.name} />
        </h3>
        <span className="quiet">
          {describeLink(link)}
          {link.state !== 'down' && ` · ${states[link.state]}`}
        </span>
        <Legend>
          <LegendEntry
            label="In"
            color="series-in"
            shown={formatTrafficPerSecond(rates?.rxBytesPerSecond)}
            raw={rates?.rxBytesPerSecond}
            testId="detail-rx"
          />
          <LegendEntry
            label="Out"
            color="series-out"
            shown={formatTrafficPerSecond(rates?.txBytesPerSecond)}
            raw={rates?.txBytesPerSecond}
            testId="detail-tx"
          />
        </Legend>
      </header>
      <TimeChart
        label={name}
        size="large"
        ringKey={`network/${link.name}`}
        series={networkSeries}
        stacked={false}
        max={{ kind: 'traffic', least: 1024 }}
        measure="traffic"
        formatTick={(value) => formatTick(formatTrafficPerSecond(value))}
      />
      <p className="addresses" data-testid="addresses">
        <span className="quiet">Addresses</span>
        {link.addresses.length > 0
          ? link.addresses.map((address) => <code key={address}>{showName(address)}</code>)
          : ' none'}
      </p>
      <FactGrid>
        <FactTile
          label="Speed"
          testId="speed"
          shown={formatWithPrefix(link.speedBitsPerSecond, 'bit/s')}
          raw={link.speedBitsPerSecond}
          reason="its driver does not tell"
          note={link.duplex && `${link.duplex} duplex`}
        />
        <ShareTile
          label="Of its speed"
          testId="utilisation"
          raw={utilisation}
          reason={rates ? 'its speed is not told' : gap}
          note="in its busier way"
        />
        <RateTile label="Packets in" testId="rx-packets" raw={rates?.rxPacketsPerSecond} reason={gap} />
        <RateTile label="Packets out" testId="tx-packets" raw={rates?.txPacketsPerSecond} reason={gap} />
        <Trouble
          label="Errors in"
          testId="rx-errors"
          count={link.rxErrors}
          perSecond={rates?.rxErrorsPerSecond}
        />
        <Trouble
          label="Errors out"
          testId="tx-errors"
          count={link.txErrors}
          perSecond={rates?.txErrorsPerSecond}
        />
        <Trouble
          label="Dropped in"
          testId="rx-drops"
          count={link.rxDropped}
          perSecond={rates?.rxDroppedPerSecond}
        />
        <Trouble
          label="Dropped out"
          testId="tx-drops"
          count={link.txDropped}
          perSecond={rates?.txDroppedPerSecond}
        />
        <BytesTile label="Received" testId="rx-total" raw={link.rxBytes} note="since it is there" />
        <BytesTile label="Sent" testId="tx-total" raw={link.txBytes} note="since it is there" />
        <FactTile
          label="Largest packet"
          testId="mtu"
          shown={formatMeasured(link.mtuBytes, 'B')}
          raw={link.mtuBytes}
          note="MTU"
        />
        <CountTile
          label="Link changes"
          testId="carrier-changes"
          raw={link.carrierChanges}
          note="came or went"
        />
        {link.kind === 'wifi' && <Signal wifi={link.wifi} />}
      </FactGrid>
    </article>
  );
}

interface TroubleProps {
  readonly label: string;
  readonly testId: string;
  readonly count: number;
  readonly perSecond: number | undefined;
}

/** A count of what should not happen: all there ever were, and whether it happens now. */
function Trouble({ label, testId, count, perSecond }: TroubleProps) {
  const isNow = (perSecond ?? 0) > 0;
  return (
    <CountTile
      label={label}
      testId={testId}
      raw={count}
      note={isNow ? 'rising now' : 'since it is there'}
      alarming={isNow}
    />
  );
}

function Signal({ wifi }: Pick<InterfaceRaw, 'wifi'>) {
  const reason = 'its driver does not tell';
  return (
    <>
      <FactTile
        label="Signal"
        testId="wifi-signal"
        shown={formatMeasured(wifi?.signalDbm, 'dBm')}
        raw={wifi?.signalDbm}
        reason={reason}
      />
      <ShareTile
        label="Link quality"
        testId="wifi-quality"
        raw={wifi?.quality}
        reason={reason}
        note="by its driver"
      />
    </>
  );
}
