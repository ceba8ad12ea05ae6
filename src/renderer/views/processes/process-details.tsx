import { t } from '../../../shared/texts/texts.ts';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { formatBytes, formatDuration, formatShare, showText } from '../../../shared/series/units.ts';
import type { ChartSeries } from '../../charts/streaming-chart.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { Button } from '../../design/components/button.tsx';
import { useSession, useStatus } from '../../session-context.ts';
import { describeGap } from '../../store/figures.ts';
import { historyColumns, ProcessHistory } from '../../store/processes/process-history.ts';
import { inspectMethod, ProcessInspector, type Inspection } from '../../store/processes/process-inspector.ts';
import type { ProcessList } from '../../store/processes/process-list.ts';
import type { TableRow } from '../../store/processes/table-row.ts';
import { showName } from '../show-name.ts';
import { formatTick } from '../../charts/format-tick.ts';
import { grantedDeeds, type Deed } from './process-actions.ts';
import { ProcessFacts } from './process-facts.tsx';
import { formatMoment, formatStart, isStopped, stateSentence } from './process-words.ts';

export interface ProcessDetailsProps {
  readonly list: ProcessList;
  /** The process as it was when it was opened. */
  readonly opened: TableRow;
  readonly takesFocus: boolean;
  readonly onDeed: (deed: Deed, row: TableRow) => void;
  readonly onClose: () => void;
}

const cpuSeries: readonly ChartSeries[] = [
  { label: 'CPU', column: historyColumns.cpu, color: 'series-user' },
];
const memorySeries: readonly ChartSeries[] = [
  { label: 'Memory', column: historyColumns.memory, color: 'series-memory' },
];

/** One process: its history since it was opened, what can be done to it, and all that the host may tell of it. */
export function ProcessDetails({ list, opened, takesFocus, onDeed, onClose }: ProcessDetailsProps) {
  const { welcome } = useStatus();
  const methods = welcome?.capabilities.methods ?? [];
  const history = useHistory(list, opened.key);
  const { row, ended } = useRow(list, opened);
  const close = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (takesFocus) close.current?.focus();
  }, [takesFocus, opened.key]);

  const deeds = ended ? [] : grantedDeeds(methods, isStopped(row.state));
  const name = row.name === '' ? t('processes:noName') : showName(row.name);
  return (
    <aside
      className="process-details"
      aria-label={t('processes:details.label', { name })}
      data-testid="process-details"
      data-key={opened.key}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // It has had its use: the page's own Escape would leave the page.
        event.preventDefault();
        onClose();
      }}
    >
      <header className="process-details__header">
        <div>
          <h2 title={name}>{name}</h2>
          <p>
            {row.pid} · {row.user === '' ? t('processes:details.userNotKnown') : showName(row.user)} ·{' '}
            {ended ? t('processes:details.hasEnded') : stateSentence(row.state)}
          </p>
        </div>
        {/* Without a tooltip, which would take the first Escape for itself. */}
        <Button
          ref={close}
          variant="quiet"
          icon="close"
          aria-label={t('processes:details.close')}
          data-testid="details-close"
          onClick={onClose}
        />
      </header>
      {ended && (
        <p className="notice notice--inline" role="status" data-testid="details-ended">
          <strong>{t('processes:details.endedTitle')}</strong> {t('processes:details.endedNote')}
        </p>
      )}
      {deeds.length > 0 && (
        <div className="process-details__deeds" role="group" aria-label={t('processes:details.deeds')}>
          {deeds.map((deed) => (
            <button
              key={deed}
              type="button"
              className={deed === 'end' || deed === 'kill' ? 'is-danger' : undefined}
              title={t(`processes:deeds.${deed}.meaning`)}
              data-testid={`deed-${deed}`}
              onClick={() => onDeed(deed, row)}
            >
              {t(`processes:deeds.${deed}.verb`)}
            </button>
          ))}
        </div>
      )}
      <Trace
        title={t('processes:columns.cpuShare')}
        now={showText(formatShare(row.cpuShare))}
        note={row.gap === null ? t('processes:details.oneCore') : describeGap(row.gap)}
      >
        <TimeChart
          label={t('processes:details.cpuOf', { name })}
          size="medium"
          ring={history.ring}
          series={cpuSeries}
          stacked={false}
          max={{ kind: 'decimal', least: 0.1 }}
          measure="share"
          formatTick={(value) => formatTick(formatShare(value))}
        />
      </Trace>
      <Trace
        title={t('processes:columns.residentBytes')}
        now={showText(formatBytes(row.residentBytes))}
        note={t('processes:details.inRam')}
      >
        <TimeChart
          label={t('processes:details.memoryOf', { name })}
          size="medium"
          ring={history.ring}
          series={memorySeries}
          stacked={false}
          max={{ kind: 'bytes', least: 1024 * 1024 }}
          measure="bytes"
          formatTick={(value) => formatTick(formatBytes(value))}
        />
      </Trace>
      <dl className="process-facts">
        <div>
          <dt>{t('processes:columns.startedWallMs')}</dt>
          <dd title={formatMoment(row.startedWallMs)}>
            <Started wallMs={row.startedWallMs} />
          </dd>
        </div>
        <div>
          <dt>{t('processes:columns.parentPid')}</dt>
          <dd>{row.parentPid === 0 ? t('processes:details.none') : row.parentPid}</dd>
        </div>
        <div>
          <dt>{t('processes:details.belongsTo')}</dt>
          <dd>{row.group === '' ? '–' : showName(row.group)}</dd>
        </div>
      </dl>
      {methods.includes(inspectMethod) ? (
        <Inspected key={opened.key} row={opened} ended={ended} />
      ) : (
        <p className="quiet" data-testid="facts-withheld">
          {t('processes:details.withheld')}
        </p>
      )}
    </aside>
  );
}

interface TraceProps {
  readonly title: string;
  readonly now: string;
  readonly note: string;
  readonly children: React.ReactNode;
}

function Trace({ title, now, note, children }: TraceProps) {
  return (
    <section className="process-trace" aria-label={title}>
      <p>
        <strong>{title}</strong> <span>{now}</span> <span className="quiet">{note}</span>
      </p>
      {children}
    </section>
  );
}

function Started({ wallMs }: { wallMs: number }) {
  const { clock } = useSession();
  const nowMs = clock.wall();
  return (
    <>
      {formatStart(wallMs, nowMs)}
      <span className="quiet">
        {t('processes:details.ago', { age: formatDuration((nowMs - wallMs) / 1_000) })}
      </span>
    </>
  );
}

function Inspected({ row, ended }: { readonly row: TableRow; readonly ended: boolean }) {
  const { details, error } = useInspection(row);
  return (
    <section
      className="process-inspected"
      aria-label={t('processes:details.facts')}
      aria-busy={!details && !error}
      data-testid="facts"
    >
      {error && !ended && (
        <div className="notice notice--inline" role="status" data-testid="facts-error">
          <strong>
            {details ? t('processes:details.notReadAgain') : t('processes:details.cannotBeRead')}
          </strong>{' '}
          {showName(error.message)}
          {error.remedy !== null && <code>{showName(error.remedy)}</code>}
        </div>
      )}
      {details ? (
        <ProcessFacts details={details} />
      ) : (
        !error && (
          <div className="skeleton" aria-hidden="true">
            <span className="skeleton__line" />
            <span className="skeleton__line" />
            <span className="skeleton__chart" />
          </div>
        )
      )}
    </section>
  );
}

/** What the host tells of a process, asked for while the caller is on the page. */
function useInspection({ pid, startTicks }: TableRow): Inspection {
  const session = useSession();
  const inspector = useMemo(
    () =>
      new ProcessInspector({
        clock: session.clock,
        process: { pid, startTicks },
        request: (method, params) => session.request(method, params),
      }),
    [session, pid, startTicks],
  );
  return useSyncExternalStore(inspector.onInspection, inspector.inspection);
}

/** The process as it is now, or as it last was. */
function useRow(list: ProcessList, opened: TableRow): { readonly row: TableRow; readonly ended: boolean } {
  const latest = useMemo(() => lastRow(list, opened), [list, opened]);
  return useSyncExternalStore(list.onView, latest);
}

function lastRow(list: ProcessList, opened: TableRow) {
  let known = { row: opened, ended: false };
  return () => {
    const row = list.row(opened.key);
    if (row ? row !== known.row || known.ended : !known.ended) known = { row: row ?? known.row, ended: !row };
    return known;
  };
}

/** A ring that is filled while the process is looked at. */
function useHistory(list: ProcessList, key: string): ProcessHistory {
  const { store } = useSession();
  const history = useMemo(() => {
    // A history of its own for each process.
    void key;
    return new ProcessHistory();
  }, [key]);
  useEffect(() => {
    const isUnseen = (fromX: number): boolean => store.unseenSince(fromX).length > 0;
    const note = (): void => history.note(store.nowX, list.row(key), isUnseen);
    note();
    return list.onView(note);
  }, [history, list, key, store]);
  return history;
}
