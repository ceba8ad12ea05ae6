import type { ReactNode } from 'react';
import type { DiagnosticsRaw } from '../../shared/series/raw/diagnostics.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatShare,
  showText,
} from '../../shared/series/units.ts';
import { useTopic } from '../session-context.ts';
import { SectionCard } from './section-card.tsx';
import { StateWord } from './state-word.tsx';

/** What the host does to serve its viewers, who have a page of their own. */
export function DiagnosticsView() {
  const state = useTopic('diagnostics');
  return (
    <div className="diagnostics" data-testid="diagnostics">
      <p className="quiet diagnostics__note">
        Who is connected, and what was left of those who went, stands on the page{' '}
        <a href="#viewers">Viewers</a>.
      </p>
      <SectionCard title="Collectors" area="collectors" state={state}>
        {({ collectors }) => <Collectors collectors={collectors} />}
      </SectionCard>
      <SectionCard title="Host’s own work" area="services" state={state}>
        {(data) => <Services {...data} />}
      </SectionCard>
    </div>
  );
}

interface Column {
  readonly label: string;
  readonly number?: boolean;
}

function Table({
  columns,
  children,
  empty,
}: {
  columns: readonly Column[];
  children: ReactNode[];
  empty: string;
}) {
  if (children.length === 0) return <p className="empty">{empty}</p>;
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            {columns.map(({ label, number }) => (
              <th key={label} scope="col" className={number ? 'number' : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Collectors({ collectors }: Pick<DiagnosticsRaw, 'collectors'>) {
  return (
    <Table
      empty="There are no collectors."
      columns={[
        { label: 'Collector' },
        { label: 'State' },
        { label: 'Every', number: true },
        { label: 'Last read', number: true },
        { label: 'Reads', number: true },
        { label: 'Failures', number: true },
      ]}
    >
      {collectors.map((collector) => (
        <tr key={collector.id} data-testid="collector" data-name={collector.id}>
          <th scope="row">{collector.id}</th>
          <td title={collector.message ?? undefined}>
            <StateWord
              state={collector.state}
              good={collector.state === 'active' || collector.state === 'idle'}
            />
          </td>
          <td className="number">
            {collector.intervalMs === null ? '–' : `${collector.intervalMs / 1_000} s`}
          </td>
          <td className="number">
            {collector.lastReadMs === null ? '–' : `${collector.lastReadMs.toFixed(2)} ms`}
          </td>
          <td className="number">{showText(formatCount(collector.reads))}</td>
          <td className="number">{collector.failures}</td>
        </tr>
      ))}
    </Table>
  );
}

function Services({ services, sampler, process }: Pick<DiagnosticsRaw, 'services' | 'sampler' | 'process'>) {
  const upMs = Math.max(1, process.uptimeMs);
  const entries: readonly (readonly [string, string, number | null])[] = [
    ['Samples', showText(formatCount(sampler.seq)), sampler.seq],
    ['Demands', String(sampler.demands), sampler.demands],
    ['Encodings', showText(formatCount(sampler.encodes)), sampler.encodes],
    ['Process', String(process.pid), process.pid],
    ['Memory', showText(formatBytes(process.residentBytes)), process.residentBytes],
    ['Processor', showText(formatShare(process.cpuMs === null ? null : process.cpuMs / upMs)), process.cpuMs],
    ['Up for', formatDuration(process.uptimeMs / 1_000), process.uptimeMs],
  ];
  return (
    <>
      <dl className="properties properties--tiles">
        {entries.map(([label, text, raw]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd data-value={raw ?? undefined}>{text}</dd>
          </div>
        ))}
      </dl>
      <ul className="services">
        {services.map((service) => (
          <li key={service.name}>
            <strong>{service.name}</strong>
            <span className="quiet">
              {service.tasks
                .map(({ name, errors }) => (errors > 0 ? `${name} (${errors} errors)` : name))
                .join(', ') || 'no tasks'}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
