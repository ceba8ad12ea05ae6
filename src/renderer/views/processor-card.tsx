import type { CpuRates } from '../../shared/series/rates/cpu.ts';
import { formatDecimals } from '../../shared/series/formats.ts';
import { formatShare, showText } from '../../shared/series/units.ts';
import { Sparkline } from '../charts/sparkline.tsx';
import { TimeChart } from '../charts/time-chart.tsx';
import { cpuSeries } from '../charts/subject-series.ts';
import { useTopic } from '../session-context.ts';
import { describeGap } from '../store/figures.ts';
import { columns } from '../../shared/series/rings/ring-set.ts';
import { t } from '../../shared/texts/texts.ts';
import { Figure, Legend, LegendEntry } from './figure.tsx';
import { describeAllowed } from './processor/describe-allowed.ts';
import { listProcessorStates } from './processor/list-processor-states.ts';
import { SectionCard } from './section-card.tsx';
import { formatTick } from '../charts/format-tick.ts';

/** More cores than this are shown as a grid of cells in place of a line each. */
const mostSparklines = 32;

/** The processor: how busy it is, with what, and how that spreads over its cores. */
export function ProcessorCard() {
  const state = useTopic('cpu');
  const { data, rates } = state;
  const known = rates?.status === 'ok' ? rates : null;
  const total = known?.total;
  const allowed = data?.cgroup?.limitCores ?? null;
  return (
    <SectionCard
      title={t('processor')}
      area="processor"
      state={state}
      aside={<LoadFigures load={data?.load} />}
    >
      {({ cores }) => (
        <>
          <div className="split">
            <div className="split__figures">
              <p className="hero">
                <Figure shown={formatShare(total?.used)} raw={total?.used} testId="cpu-total" size="hero" />
                <span className="hero__note">
                  {rates?.status === 'gap'
                    ? describeGap(rates.reason)
                    : t('processor:ofCores', { count: cores.length })}
                </span>
              </p>
              {allowed && (
                <p className="quiet" data-testid="cpu-allowed" data-value={known?.usedOfAllowed ?? undefined}>
                  {describeAllowed(known?.usedOfAllowed ?? null, allowed)}
                </p>
              )}
              <Legend>
                {listProcessorStates(total).map((entry) => (
                  <LegendEntry key={entry.testId} {...entry} />
                ))}
                <LegendEntry
                  label={t('processor:state.idle')}
                  shown={formatShare(total?.idle)}
                  raw={total?.idle}
                  testId="cpu-idle"
                />
              </Legend>
            </div>
            <TimeChart
              label={t('processor')}
              size="large"
              ringKey="cpu"
              series={cpuSeries}
              stacked
              max={1}
              measure="share"
              formatTick={(value) => formatTick(formatShare(value))}
            />
          </div>
          <Cores ids={cores.map(({ id }) => id)} rates={known} />
        </>
      )}
    </SectionCard>
  );
}

interface CoresProps {
  readonly ids: readonly number[];
  readonly rates: CpuRates | null;
}

function Cores({ ids, rates }: CoresProps) {
  const used = new Map(
    rates?.cores.map(({ id, shares }) => [id, shares.status === 'ok' ? shares.used : null]),
  );
  const dense = ids.length > mostSparklines;
  return (
    <ul
      className={dense ? 'cores cores--dense' : 'cores'}
      aria-label={t('processor:cores.title')}
      data-testid="cores"
    >
      {ids.map((id) => {
        const share = used.get(id) ?? null;
        const text = showText(formatShare(share));
        return (
          <li
            key={id}
            className="core"
            title={t('processor:cores.share', { id, share: text })}
            data-testid={`core-${id}`}
            data-value={share ?? undefined}
          >
            {dense ? (
              <span className="core__heat" style={{ backgroundColor: heatColor(share ?? 0) }} />
            ) : (
              <Sparkline ringKey={`core/${id}`} column={columns.core.used} max={1} color="series-user" />
            )}
            <span className="core__label">{id}</span>
            <span className="core__value">{share === null ? '–' : Math.round(share * 100)}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** Drawn by its colour alone: a hundred cells with an opacity of their own would each be a layer. */
function heatColor(share: number): string {
  return `color-mix(in srgb, var(--series-user) ${Math.round(share * 100)}%, transparent)`;
}

interface LoadFiguresProps {
  readonly load: { readonly one: number; readonly five: number; readonly fifteen: number } | null | undefined;
}

function LoadFigures({ load }: LoadFiguresProps) {
  if (load === null) return null;
  const entries = [
    [t('processor:load.one'), 'load-1', load?.one],
    [t('processor:load.five'), 'load-5', load?.five],
    [t('processor:load.fifteen'), 'load-15', load?.fifteen],
  ] as const;
  return (
    <dl className="facts" title={t('processor:load.meaning')}>
      {entries.map(([label, testId, value], at) => (
        <div key={label}>
          {at === 0 && <dt className="facts__lead">{t('processor:load.chart')}</dt>}
          <dt>{label}</dt>
          <dd data-testid={testId} data-value={value}>
            {value === undefined ? '–' : formatDecimals(value, 2)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
