import { formatBytesPerSecond, formatShare } from '../../../shared/series/units.ts';
import { columns } from '../../../shared/series/rings/ring-set.ts';
import { sumRates, trafficDevices } from '../../../shared/series/traffic.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { describeGap } from '../../store/figures.ts';
import { diskSeries } from '../../charts/subject-series.ts';
import { Figure, Meter } from '../figure.tsx';
import { showName } from '../show-name.ts';
import { Tile, TileLine } from './tile.tsx';
import { TrafficHero } from './traffic-hero.tsx';
import { useExtent, useRangeText } from './use-extent.ts';

const measured = [
  { ringKey: 'disk', columns: [columns.disk.read] },
  { ringKey: 'disk', columns: [columns.disk.written] },
] as const;

/** What all disks carry, and which of them is busiest. */
export function DiskTile() {
  const state = useTopic('disk');
  const range = useRangeText(useExtent(measured), formatBytesPerSecond);
  const rates = state.rates?.status === 'ok' ? state.rates.devices : null;
  return (
    <Tile title={t('overview:disk.title')} area="disk" page="disks" state={state} range={range}>
      {({ devices }) => {
        const main = trafficDevices(devices);
        let busiest: { readonly name: string; readonly busy: number } | null = null;
        for (const { name } of main) {
          const rated = rates?.get(name);
          if (rated?.status !== 'ok' || rated.busy === null) continue;
          if (!busiest || rated.busy > busiest.busy) busiest = { name, busy: rated.busy };
        }
        return (
          <>
            <TrafficHero
              name={t('overview:disk.title')}
              ringKey="disk"
              series={diskSeries}
              ways={[t('overview:disk.read'), t('overview:disk.written')]}
              rates={[
                sumRates(main, rates, ({ readBytesPerSecond }) => readBytesPerSecond),
                sumRates(main, rates, ({ writtenBytesPerSecond }) => writtenBytesPerSecond),
              ]}
              testIds={['read-rate', 'write-rate']}
              kind="bytes"
              format={formatBytesPerSecond}
            />
            <TileLine>
              {state.rates?.status === 'gap' && <span>{describeGap(state.rates.reason)}</span>}
              {busiest && (
                <span className="tile__busiest">
                  <span className="clip" translate="no">
                    {showName(busiest.name)}
                  </span>
                  <Meter
                    share={busiest.busy}
                    label={t('overview:disk.busyOf', { name: showName(busiest.name) })}
                  />
                  <Figure shown={formatShare(busiest.busy)} raw={busiest.busy} testId="busy" />
                  {t('overview:disk.busy')}
                </span>
              )}
              {main.length > 1 && (
                <span className="tile__optional">{t('overview:disk.count', { count: main.length })}</span>
              )}
            </TileLine>
          </>
        );
      }}
    </Tile>
  );
}
