import { Fragment, type ReactNode } from 'react';
import type { DiagnosticsRaw } from '../../shared/series/raw/diagnostics.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatInterval,
  formatMilliseconds,
  formatShare,
  showText,
} from '../../shared/series/units.ts';
import { t } from '../../shared/texts/texts.ts';
import { useTopic } from '../session-context.ts';
import { DiagnosticsBundle } from './diagnostics-bundle.tsx';
import { Name } from './name.tsx';
import { RichText } from './rich-text.tsx';
import { SectionCard } from './section-card.tsx';
import { StateWord } from './state-word.tsx';
import { nameTopic } from './topic-names.ts';

/** What the host does to serve its viewers, who have a page of their own. */
export function DiagnosticsView() {
  const state = useTopic('diagnostics');
  return (
    <div className="diagnostics" data-testid="diagnostics">
      <p className="quiet diagnostics__note">
        <RichText text={t('diagnostics:note')} parts={{ page: (words) => <a href="#viewers">{words}</a> }} />
      </p>
      <SectionCard title={t('diagnostics:collectors')} area="collectors" state={state}>
        {({ collectors }) => <Collectors collectors={collectors} />}
      </SectionCard>
      <SectionCard title={t('diagnostics:ownWork')} area="services" state={state}>
        {(data) => <Services {...data} />}
      </SectionCard>
      <DiagnosticsBundle />
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
      empty={t('noCollectors')}
      columns={[
        { label: t('collector') },
        { label: t('state') },
        { label: t('every'), number: true },
        { label: t('diagnostics:lastRead'), number: true },
        { label: t('diagnostics:reads'), number: true },
        { label: t('diagnostics:failures'), number: true },
      ]}
    >
      {collectors.map((collector) => (
        <tr key={collector.id} data-testid="collector" data-name={collector.id}>
          <th scope="row" title={collector.id}>
            {nameTopic(collector.id)}
          </th>
          <td title={collector.message ?? undefined}>
            <StateWord
              state={t(`diagnostics:state.${collector.state}`)}
              good={collector.state === 'active' || collector.state === 'idle'}
            />
          </td>
          <td className="number">{showText(formatInterval(collector.intervalMs))}</td>
          <td className="number">{showText(formatMilliseconds(collector.lastReadMs))}</td>
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
    [t('diagnostics:samples'), showText(formatCount(sampler.seq)), sampler.seq],
    [t('diagnostics:demands'), String(sampler.demands), sampler.demands],
    [t('diagnostics:encodings'), showText(formatCount(sampler.encodes)), sampler.encodes],
    [t('process'), String(process.pid), process.pid],
    [t('memory'), showText(formatBytes(process.residentBytes)), process.residentBytes],
    [
      t('processor'),
      showText(formatShare(process.cpuMs === null ? null : process.cpuMs / upMs)),
      process.cpuMs,
    ],
    [t('diagnostics:upFor'), formatDuration(process.uptimeMs / 1_000), process.uptimeMs],
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
            <strong translate="no">{service.name}</strong>
            <span className="quiet">
              {service.tasks.length === 0 && t('diagnostics:noTasks')}
              {service.tasks.map(({ name, errors }, at) => (
                <Fragment key={name}>
                  {at > 0 && ', '}
                  <Name text={name} />
                  {errors > 0 && ` (${t('errors', { count: errors })})`}
                </Fragment>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
