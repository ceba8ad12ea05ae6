import type { ReactNode } from 'react';
import type { ProcessDetails } from '../../../shared/series/raw/process.ts';
import { formatBytes, formatCount, showText } from '../../../shared/series/units.ts';
import { Remedy } from '../remedy.tsx';
import { showName } from '../show-name.ts';

/** What the host found out about one process, subject by subject, with a reason wherever it may not be told. */
export function ProcessFacts({ details }: { readonly details: ProcessDetails }) {
  const { openFiles, sockets, environment } = details;
  return (
    <>
      <Fact label="Command" testId="fact-command">
        <code>{details.command.length > 0 ? showName(quote(details.command)) : '–'}</code>
      </Fact>
      <dl className="process-facts">
        <Row label="Program" value={details.executable} testId="fact-executable" path />
        <Row label="Folder" value={details.workingFolder} testId="fact-folder" path />
        <Row label="Control group" value={details.cgroup} testId="fact-cgroup" path />
      </dl>
      <dl className="process-facts process-facts--figures">
        <Row label="Own share of memory (PSS)" value={bytes(details.proportionalBytes)} testId="fact-pss" />
        <Row label="In RAM (RSS)" value={bytes(details.residentBytes)} testId="fact-rss" />
        <Row label="Swapped out" value={bytes(details.swappedBytes)} testId="fact-swap" />
        <Row label="Address space" value={bytes(details.virtualBytes)} testId="fact-virtual" />
        <Row label="Read in all" value={bytes(details.readBytes)} testId="fact-read" />
        <Row label="Written in all" value={bytes(details.writtenBytes)} testId="fact-written" />
        <Row label="Threads" value={String(details.threadCount)} testId="fact-threads" />
        <Row label="Nice value" value={String(details.nice)} testId="fact-nice" />
        <Row label="Gave way by itself" value={times(details.voluntarySwitches)} testId="fact-voluntary" />
        <Row label="Had to give way" value={times(details.involuntarySwitches)} testId="fact-involuntary" />
        <Row label="Open files" value={describeOpen(details)} testId="fact-open" />
      </dl>
      <Listed title="Open files" list={openFiles} testId="files" none="No open files">
        {(file) => [String(file.descriptor), file.target]}
      </Listed>
      <Listed title="Sockets" list={sockets} testId="sockets" none="No sockets">
        {({ protocol, local, remote, state }) => [
          protocol,
          [local, remote && `→ ${remote}`, state].filter(Boolean).join(' '),
        ]}
      </Listed>
      <Listed title="Environment" list={environment} testId="environment" none="Nothing in its environment">
        {({ name, value }) => [name, value]}
      </Listed>
    </>
  );
}

function Fact({ label, testId, children }: { label: string; testId: string; children: ReactNode }) {
  return (
    <div className="process-fact" data-testid={testId}>
      <span className="process-fact__label">{label}</span>
      {children}
    </div>
  );
}

interface RowProps {
  readonly label: string;
  /** Null where it is not told. */
  readonly value: string | null;
  readonly testId: string;
  readonly path?: boolean;
}

function Row({ label, value, testId, path = false }: RowProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd
        data-testid={testId}
        className={path ? 'process-facts__path' : undefined}
        title={value === null ? 'The host may not see it, or the system does not say' : showName(value)}
      >
        {value === null ? <span className="unknown">–</span> : showName(value)}
      </dd>
    </div>
  );
}

type AnyList<Entry> =
  | { readonly status: 'ok'; readonly entries: readonly Entry[]; readonly truncated: boolean }
  | { readonly status: 'needsPermission'; readonly message: string; readonly remedy: string }
  | { readonly status: 'unsupported'; readonly message: string };

interface ListedProps<Entry> {
  readonly title: string;
  readonly list: AnyList<Entry>;
  readonly testId: string;
  readonly none: string;
  readonly children: (entry: Entry) => readonly [string, string];
}

function Listed<Entry>({ title, list, testId, none, children }: ListedProps<Entry>) {
  const count = list.status === 'ok' ? `${list.entries.length}${list.truncated ? '+' : ''}` : null;
  return (
    <details className="process-list" data-testid={`list-${testId}`} data-status={list.status}>
      <summary>
        {title}
        <span className="quiet">
          {count ?? (list.status === 'unsupported' ? 'not available' : 'not permitted')}
        </span>
      </summary>
      {list.status !== 'ok' && (
        <div className="process-list__refusal">
          <p>{showName(list.message)}</p>
          {list.status === 'needsPermission' && <Remedy text={list.remedy} />}
        </div>
      )}
      {list.status === 'ok' && list.entries.length === 0 && <p className="quiet">{none}</p>}
      {list.status === 'ok' && list.entries.length > 0 && (
        <dl className="process-list__entries">
          {list.entries.map((entry, at) => {
            const [term, text] = children(entry);
            return (
              <div key={at}>
                <dt title={showName(term)}>{showName(term)}</dt>
                <dd>{showName(text)}</dd>
              </div>
            );
          })}
        </dl>
      )}
      {list.status === 'ok' && list.truncated && <p className="quiet">There are more, which are not sent.</p>}
    </details>
  );
}

function bytes(value: number | null): string | null {
  return value === null ? null : showText(formatBytes(value));
}

function times(value: number | null): string | null {
  return value === null ? null : `${showText(formatCount(value))} ×`;
}

function describeOpen({ openFileCount, openFileLimit }: ProcessDetails): string | null {
  if (openFileCount === null) return null;
  return openFileLimit === null ? String(openFileCount) : `${openFileCount} of ${formatLimit(openFileLimit)}`;
}

function formatLimit(limit: number): string {
  return showText(formatCount(limit));
}

/** Arguments as one line that tells them apart; only to be read, never to be run. */
function quote(command: readonly string[]): string {
  return command
    .map((part) => (/^[^\s'"\\]+$/u.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`))
    .join(' ');
}
