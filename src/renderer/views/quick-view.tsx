import { useEffect, type ReactNode } from 'react';
import type { PulsewireBridge } from '../../shared/protocol/ipc-channels.ts';
import { formatBytes, formatBytesPerSecond, formatShare, showText } from '../../shared/series/units.ts';
import type { ChartSeries, ChartStyle } from '../charts/streaming-chart.ts';
import { TimeChart } from '../charts/time-chart.tsx';
import { useDemands, useStatus, useTopic } from '../session-context.ts';
import { rankBusiest } from '../store/busiest.ts';
import { sumRates, trafficDevices, trafficInterfaces } from '../../shared/series/traffic.ts';
import { freshRates } from '../../shared/series/topic-state.ts';
import type { RingKey } from '../../shared/series/rings/ring-set.ts';
import { ConnectionPill, isStale } from './connection-banner.tsx';
import { diskSeries } from './disk-card.tsx';
import { Figure, Meter } from './figure.tsx';
import { memorySeries } from './memory-card.tsx';
import { networkSeries } from './network-card.tsx';
import { cpuSeries } from './processor-card.tsx';
import { standingDemands } from './standing-demands.ts';
import { deriveUsedMemoryBytes } from '../../shared/series/used-memory.ts';

/** The tray's quick view: four subjects and what is busiest. Without a bridge (a browser) it has no buttons. */
export function QuickView({ bridge }: { readonly bridge: PulsewireBridge | null }) {
  useDemands('standing', standingDemands);
  const status = useStatus();

  useEffect(() => {
    const hide = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') void bridge?.invoke('hideQuickView');
    };
    window.addEventListener('keydown', hide);
    return () => window.removeEventListener('keydown', hide);
  }, [bridge]);

  return (
    <div className="quick" data-testid="quick-view">
      <header className="quick__header">
        <h1>{status.welcome?.host.name ?? 'Pulsewire'}</h1>
        <ConnectionPill />
      </header>
      <main className={isStale(status) ? 'quick__body is-stale' : 'quick__body'} data-stale={isStale(status)}>
        <Processor />
        <Memory />
        <Network />
        <Disk />
        <Busiest />
      </main>
      {bridge && (
        <footer className="quick__footer">
          <button
            type="button"
            className="primary"
            data-testid="open-dashboard"
            onClick={() => void bridge.invoke('openDashboard')}
          >
            Open Pulsewire
          </button>
          <button type="button" data-testid="quit" onClick={() => void bridge.invoke('quit')}>
            Quit
          </button>
        </footer>
      )}
    </div>
  );
}

function Processor() {
  const rates = freshRates(useTopic('cpu'));
  const used = rates?.status === 'ok' ? rates.total.used : undefined;
  return (
    <Subject
      name="Processor"
      figures={<Figure shown={formatShare(used)} raw={used} testId="cpu-total" />}
      chart={{ ringKey: 'cpu', series: cpuSeries, stacked: true, max: 1 }}
    />
  );
}

function Memory() {
  const { data } = useTopic('memory');
  const used = data ? deriveUsedMemoryBytes(data) : undefined;
  return (
    <Subject
      name="Memory"
      figures={
        <>
          <Figure shown={formatBytes(used)} raw={used} testId="memory-used" />
          {data && <span className="quiet">of {showText(formatBytes(data.totalBytes))}</span>}
        </>
      }
      chart={{ ringKey: 'memory', series: memorySeries, stacked: true, max: data?.totalBytes ?? 1 }}
    />
  );
}

function Network() {
  const state = useTopic('network');
  const { data } = state;
  const rates = freshRates(state);
  const known = rates?.status === 'ok' ? rates.interfaces : null;
  const main = trafficInterfaces(data?.interfaces ?? []);
  const both = [
    sumRates(main, known, (of) => of.rxBytesPerSecond),
    sumRates(main, known, (of) => of.txBytesPerSecond),
  ] as const;
  return <Traffic name="Network" ringKey="network" series={networkSeries} rates={both} />;
}

function Disk() {
  const state = useTopic('disk');
  const { data } = state;
  const rates = freshRates(state);
  const known = rates?.status === 'ok' ? rates.devices : null;
  const main = trafficDevices(data?.devices ?? []);
  const both = [
    sumRates(main, known, (of) => of.readBytesPerSecond),
    sumRates(main, known, (of) => of.writtenBytesPerSecond),
  ] as const;
  return <Traffic name="Disks" ringKey="disk" series={diskSeries} rates={both} />;
}

interface TrafficProps {
  readonly name: string;
  readonly ringKey: 'network' | 'disk';
  readonly series: readonly [ChartSeries, ChartSeries];
  readonly rates: readonly [number | null, number | null];
}

function Traffic({ name, ringKey, series, rates }: TrafficProps) {
  const figures = series.map(({ label, color }, at) => (
    <span key={label} className="quick__rate">
      <span className={`swatch swatch--${color}`} aria-hidden="true" />
      <span className="quick__way">{label}</span>
      <Figure
        shown={formatBytesPerSecond(rates[at])}
        raw={rates[at]}
        testId={`${ringKey}-${label.toLowerCase()}`}
      />
    </span>
  ));
  return (
    <Subject
      name={name}
      figures={figures}
      chart={{ ringKey, series, stacked: false, max: { kind: 'bytes', least: 1024 } }}
    />
  );
}

interface SubjectProps {
  readonly name: string;
  readonly figures: ReactNode;
  readonly chart: Pick<ChartStyle, 'series' | 'stacked' | 'max'> & { readonly ringKey: RingKey };
}

function Subject({ name, figures, chart }: SubjectProps) {
  return (
    <section className="quick__subject" aria-label={name}>
      <h2>{name}</h2>
      <div className="quick__figures">{figures}</div>
      <TimeChart
        label={`${name} over the last minute`}
        size="small"
        windowMs={60_000}
        formatTick={String}
        {...chart}
      />
    </section>
  );
}

function Busiest() {
  const [cpu, memory, network] = [useTopic('cpu'), useTopic('memory'), useTopic('network')];
  const [disk, filesystem] = [useTopic('disk'), useTopic('filesystem')];
  const ranked = rankBusiest({ cpu, memory, network, disk, filesystem });
  return (
    <section className="busiest" aria-label="Busiest" data-testid="busiest">
      <h2>Busiest</h2>
      <ol>
        {[0, 1, 2].map((place) => {
          const subject = ranked[place];
          return (
            <li key={place} data-kind={subject?.kind} data-value={subject?.saturation}>
              <span className="busiest__name" title={subject?.name}>
                {subject?.name ?? '–'}
              </span>
              <span className="busiest__detail">{subject?.detail}</span>
              <Meter share={subject?.saturation ?? null} label={subject?.name ?? 'Nothing yet'} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}
