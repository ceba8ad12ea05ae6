import type { ReactNode } from 'react';
import type { DiagnosticsRaw } from '../../shared/series/raw/diagnostics.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatShare,
  showText,
} from '../../shared/series/units.ts';
import { useStatus, useTopic } from '../session-context.ts';
import { SectionCard } from './section-card.tsx';

/** Who is being served, by what, and what was left of those who went. */
export function DiagnosticsView() {
  const state = useTopic('diagnostics');
  return (
    <div className="diagnostics" data-testid="diagnostics">
      <SectionCard title="Clients" area="clients" state={state}>
        {({ clients }) => <Clients clients={clients} />}
      </SectionCard>
      <SectionCard title="Recently closed" area="closed" state={state}>
        {({ closed }) => <Closed closed={closed} />}
      </SectionCard>
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

function Clients({ clients }: Pick<DiagnosticsRaw, 'clients'>) {
  const { welcome } = useStatus();
  return (
    <Table
      empty="Nobody is connected."
      columns={[
        { label: 'Client' },
        { label: 'Kind' },
        { label: 'State' },
        { label: 'Granted' },
        { label: 'Age', number: true },
        { label: 'Tasks', number: true },
        { label: 'Resources', number: true },
        { label: 'Queue', number: true },
        { label: 'Unacked', number: true },
        { label: 'Sent', number: true },
        { label: 'Dropped', number: true },
      ]}
    >
      {clients.map((client) => (
        <tr key={client.id} data-testid="client" data-name={client.id} data-kind={client.kind}>
          <th scope="row" className="clip" title={client.id}>
            {client.name || client.id}
            {client.address && <span className="quiet"> {client.address}</span>}
            {client.id === welcome?.sessionId && <span className="tag">this page</span>}
          </th>
          <td>{client.kind}</td>
          <td>
            <State state={client.state} good={client.state === 'live'} />
          </td>
          <td>{client.scope}</td>
          <td className="number">{formatDuration(client.ageMs / 1_000)}</td>
          <td className="number" title={client.tasks.map(({ name }) => name).join(', ')}>
            {client.tasks.length}
          </td>
          <td className="number">{client.resources}</td>
          <td className="number">{showText(formatBytes(client.queuedBytes))}</td>
          <td className="number">{client.unacknowledged}</td>
          <td className="number">{showText(formatCount(client.sent))}</td>
          <td className="number">{showText(formatCount(client.dropped))}</td>
        </tr>
      ))}
    </Table>
  );
}

function Closed({ closed }: Pick<DiagnosticsRaw, 'closed'>) {
  return (
    <Table
      empty="Nobody has left yet."
      columns={[
        { label: 'Client' },
        { label: 'Kind' },
        { label: 'Why' },
        { label: 'Lived', number: true },
        { label: 'Ago', number: true },
        { label: 'Sent', number: true },
        { label: 'Left behind', number: true },
      ]}
    >
      {closed.map((client) => (
        <tr key={client.id} data-testid="closed-client" data-name={client.id} data-value={client.tasksLeft}>
          <th scope="row" className="clip" title={client.id}>
            {client.name || client.id}
          </th>
          <td>{client.kind}</td>
          <td className="clip" title={client.reason}>
            {client.reason}
          </td>
          <td className="number">{formatDuration(client.livedMs / 1_000)}</td>
          <td className="number">{formatDuration(client.sinceMs / 1_000)}</td>
          <td className="number">{showText(formatCount(client.sent))}</td>
          <td className="number" title={client.notStopped.join(', ')}>
            <State state={`tasks left: ${client.tasksLeft}`} good={client.tasksLeft === 0} />
          </td>
        </tr>
      ))}
    </Table>
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
            <State
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

function State({ state, good }: { readonly state: string; readonly good: boolean }) {
  return <span className={good ? 'state' : 'state state--odd'}>{state}</span>;
}
