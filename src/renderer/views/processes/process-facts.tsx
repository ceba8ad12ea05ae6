import { t } from '../../../shared/texts/texts.ts';
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
      <Fact label={t('processes:columns.command')} testId="fact-command">
        <code>{details.command.length > 0 ? showName(quote(details.command)) : '–'}</code>
      </Fact>
      <dl className="process-facts">
        <Row label={t('processes:facts.program')} value={details.executable} testId="fact-executable" path />
        <Row label={t('processes:facts.folder')} value={details.workingFolder} testId="fact-folder" path />
        <Row label={t('processes:facts.cgroup')} value={details.cgroup} testId="fact-cgroup" path />
      </dl>
      <dl className="process-facts process-facts--figures">
        <Row label={t('processes:facts.pss')} value={bytes(details.proportionalBytes)} testId="fact-pss" />
        <Row label={t('processes:facts.rss')} value={bytes(details.residentBytes)} testId="fact-rss" />
        <Row label={t('processes:facts.swap')} value={bytes(details.swappedBytes)} testId="fact-swap" />
        <Row label={t('processes:facts.virtual')} value={bytes(details.virtualBytes)} testId="fact-virtual" />
        <Row label={t('processes:facts.read')} value={bytes(details.readBytes)} testId="fact-read" />
        <Row label={t('processes:facts.written')} value={bytes(details.writtenBytes)} testId="fact-written" />
        <Row
          label={t('processes:columns.threadCount')}
          value={String(details.threadCount)}
          testId="fact-threads"
        />
        <Row label={t('processes:facts.nice')} value={String(details.nice)} testId="fact-nice" />
        <Row
          label={t('processes:facts.voluntary')}
          value={times(details.voluntarySwitches)}
          testId="fact-voluntary"
        />
        <Row
          label={t('processes:facts.involuntary')}
          value={times(details.involuntarySwitches)}
          testId="fact-involuntary"
        />
        <Row label={t('processes:facts.open')} value={describeOpen(details)} testId="fact-open" />
      </dl>
      <Listed
        title={t('processes:facts.open')}
        list={openFiles}
        testId="files"
        none={t('processes:facts.noFiles')}
      >
        {(file) => [String(file.descriptor), file.target]}
      </Listed>
      <Listed
        title={t('processes:facts.sockets')}
        list={sockets}
        testId="sockets"
        none={t('processes:facts.noSockets')}
      >
        {({ protocol, local, remote, state }) => [
          protocol,
          [local, remote && `→ ${remote}`, state].filter(Boolean).join(' '),
        ]}
      </Listed>
      <Listed
        title={t('processes:facts.environment')}
        list={environment}
        testId="environment"
        none={t('processes:facts.noEnvironment')}
      >
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
        title={value === null ? t('processes:facts.notTold') : showName(value)}
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
          {count ??
            (list.status === 'unsupported'
              ? t('processes:facts.notAvailable')
              : t('processes:facts.notPermitted'))}
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
      {list.status === 'ok' && list.truncated && <p className="quiet">{t('processes:facts.truncated')}</p>}
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
  return openFileLimit === null
    ? String(openFileCount)
    : t('processes:facts.openOf', { count: openFileCount, limit: formatLimit(openFileLimit) });
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
