import type { InterfaceRaw } from '../../../shared/series/raw/network.ts';
import { formatMeasured, formatTrafficPerSecond, formatWithPrefix } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { BytesTile, CountTile, FactGrid, FactTile, RateTile, ShareTile } from '../facts.tsx';
import { Legend, LegendEntry } from '../figure.tsx';
import { Name } from '../name.tsx';
import { networkSeries } from '../../charts/subject-series.ts';
import { showName } from '../show-name.ts';
import { formatTick } from '../../charts/format-tick.ts';
import { deriveUtilisation, describeLink } from './describe-link.ts';
import type { InterfaceRow } from './interfaces-card.tsx';

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
          {link.state !== 'down' && ` · ${t(`network:state.${link.state}`)}`}
        </span>
        <Legend>
          <LegendEntry
            label={t('network:in')}
            color="series-in"
            shown={formatTrafficPerSecond(rates?.rxBytesPerSecond)}
            raw={rates?.rxBytesPerSecond}
            testId="detail-rx"
          />
          <LegendEntry
            label={t('network:out')}
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
        <span className="quiet">{t('network:details.addresses')}</span>
        {link.addresses.length > 0 ? (
          link.addresses.map((address) => (
            <code key={address} translate="no">
              {showName(address)}
            </code>
          ))
        ) : (
          <span>{t('network:details.noAddress')}</span>
        )}
      </p>
      <FactGrid>
        <FactTile
          label={t('network:details.speed')}
          testId="speed"
          shown={formatWithPrefix(link.speedBitsPerSecond, 'bit/s')}
          raw={link.speedBitsPerSecond}
          reason={t('driverSilent')}
          note={link.duplex && t(`network:${link.duplex}`)}
        />
        <ShareTile
          label={t('network:ofSpeed')}
          testId="utilisation"
          raw={utilisation}
          reason={rates ? t('network:speedNotTold') : gap}
          note={t('network:details.busierWay')}
        />
        <RateTile
          label={t('network:details.packetsIn')}
          testId="rx-packets"
          raw={rates?.rxPacketsPerSecond}
          reason={gap}
        />
        <RateTile
          label={t('network:details.packetsOut')}
          testId="tx-packets"
          raw={rates?.txPacketsPerSecond}
          reason={gap}
        />
        <Trouble
          label={t('network:details.errorsIn')}
          testId="rx-errors"
          count={link.rxErrors}
          perSecond={rates?.rxErrorsPerSecond}
        />
        <Trouble
          label={t('network:details.errorsOut')}
          testId="tx-errors"
          count={link.txErrors}
          perSecond={rates?.txErrorsPerSecond}
        />
        <Trouble
          label={t('network:details.droppedIn')}
          testId="rx-drops"
          count={link.rxDropped}
          perSecond={rates?.rxDroppedPerSecond}
        />
        <Trouble
          label={t('network:details.droppedOut')}
          testId="tx-drops"
          count={link.txDropped}
          perSecond={rates?.txDroppedPerSecond}
        />
        <BytesTile
          label={t('network:details.received')}
          testId="rx-total"
          raw={link.rxBytes}
          note={t('network:details.sinceThere')}
        />
        <BytesTile
          label={t('network:details.sent')}
          testId="tx-total"
          raw={link.txBytes}
          note={t('network:details.sinceThere')}
        />
        <FactTile
          label={t('network:details.mtu')}
          testId="mtu"
          shown={formatMeasured(link.mtuBytes, 'B')}
          raw={link.mtuBytes}
          note="MTU"
        />
        <CountTile
          label={t('network:details.carrier')}
          testId="carrier-changes"
          raw={link.carrierChanges}
          note={t('network:details.carrierNote')}
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
      note={isNow ? t('network:details.rising') : t('network:details.sinceThere')}
      alarming={isNow}
    />
  );
}

function Signal({ wifi }: Pick<InterfaceRaw, 'wifi'>) {
  const reason = t('driverSilent');
  return (
    <>
      <FactTile
        label={t('network:details.signal')}
        testId="wifi-signal"
        shown={formatMeasured(wifi?.signalDbm, 'dBm')}
        raw={wifi?.signalDbm}
        reason={reason}
      />
      <ShareTile
        label={t('network:details.quality')}
        testId="wifi-quality"
        raw={wifi?.quality}
        reason={reason}
        note={t('byDriver')}
      />
    </>
  );
}
