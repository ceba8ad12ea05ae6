import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { formatBytes, formatDuration, formatShare, showText } from '../../../shared/series/units.ts';
import type { ChartSeries } from '../../charts/streaming-chart.ts';
import { TimeChart } from '../../charts/time-chart.tsx';
import { useSession, useStatus } from '../../session-context.ts';
import { describeGap } from '../../store/figures.ts';
import { historyColumns, ProcessHistory } from '../../store/processes/process-history.ts';
import { inspectMethod, ProcessInspector, type Inspection } from '../../store/processes/process-inspector.ts';
import type { ProcessList } from '../../store/processes/process-list.ts';
import type { TableRow } from '../../store/processes/table-row.ts';
import { showName } from '../show-name.ts';
import { formatTick } from '../traffic-item.tsx';
import { deedWords, grantedDeeds, type Deed } from './process-actions.ts';
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
  const name = row.name === '' ? '(no name)' : showName(row.name);
  return (
    <aside
      className="process-details"
      aria-label={`Details of ${name}`}
      data-testid="process-details"
      data-key={opened.key}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header className="process-details__header">
        <div>
          <h2 title={name}>{name}</h2>
          <p>
            {row.pid} · {row.user === '' ? 'user not known' : showName(row.user)} ·{' '}
            {ended ? 'has ended' : stateSentence(row.state)}
          </p>
        </div>
        <button
          ref={close}
          type="button"
          className="icon-button"
          aria-label="Close the details"
          title="Close (Escape)"
          data-testid="details-close"
          onClick={onClose}
        >
          <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
            <path d="m5 5 10 10M15 5 5 15" />
          </svg>
        </button>
      </header>
      {ended && (
        <p className="notice notice--inline" role="status" data-testid="details-ended">
          <strong>It has ended.</strong> What is shown is the last that was known.
        </p>
      )}
      {deeds.length > 0 && (
        <div className="process-details__deeds" role="group" aria-label="What can be done to it">
          {deeds.map((deed) => (
            <button
              key={deed}
              type="button"
              className={deed === 'end' || deed === 'kill' ? 'is-danger' : undefined}
              title={deedWords[deed].meaning}
              data-testid={`deed-${deed}`}
              onClick={() => onDeed(deed, row)}
            >
              {deedWords[deed].verb}
            </button>
          ))}
        </div>
      )}
      <Trace
        title="CPU"
        now={showText(formatShare(row.cpuShare))}
        note={row.gap === null ? '100 % is one core' : describeGap(row.gap)}
      >
        <TimeChart
          label={`CPU of ${name}`}
          size="medium"
          ring={history.ring}
          series={cpuSeries}
          stacked={false}
          max={{ kind: 'decimal', least: 0.1 }}
          measure="share"
          formatTick={(value) => formatTick(formatShare(value))}
        />
      </Trace>
      <Trace title="Memory" now={showText(formatBytes(row.residentBytes))} note="in RAM, with shared pages">
        <TimeChart
          label={`Memory of ${name}`}
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
          <dt>Started</dt>
          <dd title={formatMoment(row.startedWallMs)}>
            <Started wallMs={row.startedWallMs} />
          </dd>
        </div>
        <div>
          <dt>Parent</dt>
          <dd>{row.parentPid === 0 ? 'none' : row.parentPid}</dd>
        </div>
        <div>
          <dt>Belongs to</dt>
          <dd>{row.group === '' ? '–' : showName(row.group)}</dd>
        </div>
      </dl>
      {methods.includes(inspectMethod) ? (
        <Inspected key={opened.key} row={opened} ended={ended} />
      ) : (
        <p className="quiet" data-testid="facts-withheld">
          This client may look on, and is told no more: command lines, files and the environment may hold
          secrets.
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
      <span className="quiet">, {formatDuration((nowMs - wallMs) / 1_000)} ago</span>
    </>
  );
}

function Inspected({ row, ended }: { readonly row: TableRow; readonly ended: boolean }) {
  const { details, error } = useInspection(row);
  return (
    <section
      className="process-inspected"
      aria-label="Facts"
      aria-busy={!details && !error}
      data-testid="facts"
    >
      {error && !ended && (
        <div className="notice notice--inline" role="status" data-testid="facts-error">
          <strong>{details ? 'Not read again.' : 'Cannot be read.'}</strong> {showName(error.message)}
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
