import { formatDecimals } from '../../../shared/series/formats.ts';
import { formatShare, showText, type Shown } from '../../../shared/series/units.ts';
import { columns } from '../../../shared/series/rings/ring-set.ts';
import { t } from '../../../shared/texts/texts.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { useTopic } from '../../session-context.ts';
import { describeGap } from '../../store/figures.ts';
import { Figure } from '../figure.tsx';
import { cpuSeries } from '../../charts/subject-series.ts';
import { describeAllowed } from '../processor/describe-allowed.ts';
import { listProcessorStates } from '../processor/list-processor-states.ts';
import { CoreStrip } from './core-strip.tsx';
import { Tile, TileHero, TileLine, useTileRoom } from './tile.tsx';
import { TileKey } from './tile-key.tsx';
import { useExtent, useRangeText } from './use-extent.ts';

const measured = [{ ringKey: 'cpu', columns: [columns.cpu.used] }] as const;

/** How busy the processor is, with what, and how that spreads over its cores. */
export function ProcessorTile() {
  const state = useTopic('cpu');
  const { chart } = useTileRoom();
  const range = useRangeText(useExtent(measured), formatWholeShare);
  const { data, rates } = state;
  const known = rates?.status === 'ok' ? rates : null;
  const total = known?.total;
  const allowed = data?.cgroup?.limitCores ?? null;
  const load = data?.load;
  return (
    <Tile title={t('overview:processor.title')} area="processor" page="processor" state={state} range={range}>
      {({ cores }) => (
        <>
          <TileHero
            note={
              rates?.status === 'gap'
                ? describeGap(rates.reason)
                : t('overview:processor.ofCores', { count: cores.length })
            }
          >
            <Figure shown={formatShare(total?.used)} raw={total?.used} testId="cpu-total" size="hero" />
          </TileHero>
          <dl className="tile__keys tile__keys--roomy">
            {listProcessorStates(total).map((entry) => (
              <TileKey key={entry.testId} {...entry} />
            ))}
          </dl>
          <TimeChart
            key={chart}
            name={t('overview:processor.title')}
            label={t('overview:processor.chart', { share: showText(formatShare(total?.used)) })}
            size={chart}
            ringKey="cpu"
            series={cpuSeries}
            stacked
            max={1}
            measure="share"
            formatTick={(value) => `${Math.round(value * 100)} %`}
          />
          <CoreStrip ids={cores.map(({ id }) => id)} rates={known} />
          <TileLine>
            {load && (
              <span title={t('overview:processor.loadMeaning')}>
                {t('overview:processor.load')} <LoadFigure testId="load-1" value={load.one} />{' '}
                <LoadFigure testId="load-5" value={load.five} />{' '}
                <LoadFigure testId="load-15" value={load.fifteen} />
              </span>
            )}
            {allowed && (
              <span data-testid="cpu-allowed" data-value={known?.usedOfAllowed ?? undefined}>
                {describeAllowed(known?.usedOfAllowed ?? null, allowed)}
              </span>
            )}
          </TileLine>
        </>
      )}
    </Tile>
  );
}

function LoadFigure({ testId, value }: { readonly testId: string; readonly value: number }) {
  return <Figure shown={{ value: formatDecimals(value, 2), unit: '' }} raw={value} testId={testId} />;
}

/** Without decimals, which say nothing in a range. */
export function formatWholeShare(share: number): Shown {
  return { value: formatDecimals(share * 100, 0), unit: '%' };
}
