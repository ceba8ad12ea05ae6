import { t } from '../../../shared/texts/texts.ts';
import type { CSSProperties } from 'react';
import {
  formatBytes,
  formatBytesPerSecond,
  formatCount,
  formatShare,
  type Shown,
} from '../../../shared/series/units.ts';
import type { Line } from '../../store/processes/arrange.ts';
import { describeGap } from '../../store/figures.ts';
import type { ColumnId, LineValues } from '../../store/processes/process-columns.ts';
import { showName } from '../show-name.ts';
import { formatMoment, formatStart, stateName, stateSentence, stateWord } from './process-words.ts';

export interface CellScale {
  /** All of the memory, of which a process takes a part; 0 where it is not known. */
  readonly memoryBytes: number;
  readonly nowMs: number;
}

/** What one line says in one column. Names stand in the table itself, since they carry the tree. */
export function ProcessCell({ column, line, scale }: { column: ColumnId; line: Line; scale: CellScale }) {
  const { values } = line;
  switch (column) {
    case 'name':
      return null;
    case 'cpuShare':
      return (
        <Measure
          shown={formatShare(values.cpuShare)}
          raw={values.cpuShare}
          part={values.cpuShare ?? 0}
          why={whyNoRate(line)}
        />
      );
    case 'residentBytes':
      return (
        <Measure
          shown={formatBytes(values.residentBytes)}
          raw={values.residentBytes}
          part={scale.memoryBytes > 0 ? (values.residentBytes ?? 0) / scale.memoryBytes : 0}
          why={t('processes:notKnown')}
        />
      );
    case 'readBytesPerSecond':
    case 'writtenBytesPerSecond':
      return <Storage line={line} column={column} />;
    case 'threadCount':
      return (
        <Measure
          shown={formatCount(values.threadCount)}
          raw={values.threadCount}
          why={t('processes:notKnown')}
        />
      );
    case 'pid':
    case 'parentPid':
      return <Plain text={String(values[column] ?? '')} raw={values[column]} />;
    case 'startedWallMs':
      return values.startedWallMs === null ? null : (
        <span title={formatMoment(values.startedWallMs)}>
          {formatStart(values.startedWallMs, scale.nowMs)}
        </span>
      );
    case 'state':
      return values.state === null ? null : <State letter={values.state} />;
    case 'user':
      return values.user === null ? (
        <span className="unknown" title={t('processes:moreThanOne')}>
          {t('processes:several')}
        </span>
      ) : (
        <Text text={values.user} whenEmpty={t('processes:notKnown')} />
      );
    case 'command':
      return values.command === null ? null : (
        <Text text={values.command} whenEmpty={t('processes:why.noCommand')} />
      );
  }
}

function whyNoRate(line: Line): string {
  if (line.kind === 'group') return t('processes:why.group');
  return line.row.gap === null ? t('processes:why.system') : describeGap(line.row.gap);
}

function Storage({ line, column }: { line: Line; column: 'readBytesPerSecond' | 'writtenBytesPerSecond' }) {
  const value = line.values[column];
  const part =
    line.kind === 'group' && line.knownStorageCount < line.count
      ? t('processes:why.storagePart', { known: line.knownStorageCount, count: line.count })
      : undefined;
  return (
    <Measure shown={formatBytesPerSecond(value)} raw={value} why={t('processes:why.storage')} title={part} />
  );
}

interface MeasureProps {
  readonly shown: Shown;
  readonly raw: number | null;
  /** Said where there is no figure. */
  readonly why: string;
  readonly title?: string | undefined;
  /** How much that is of one core or of all memory; from 1 on it is drawn as hot as can be. */
  readonly part?: number;
}

/** A figure whose digits and units stand under one another. */
function Measure({ shown, raw, why, title, part }: MeasureProps) {
  if (raw === null) {
    return (
      <span className="measure unknown" title={why} aria-label={t('processes:notKnownWhy', { reason: why })}>
        –
      </span>
    );
  }
  // By the root, so that what takes a hundredth can be told from what takes nothing.
  const heat = part === undefined ? undefined : Math.round(Math.sqrt(Math.min(1, part)) * 100);
  const style = heat === undefined ? undefined : ({ '--heat': `${heat}%` } as CSSProperties);
  return (
    <span
      className={`measure${heat === undefined ? '' : ' measure--heat'}${raw === 0 ? ' is-zero' : ''}`}
      style={style}
      title={title}
      data-value={raw}
    >
      <span className="measure__value">{shown.value}</span>
      {shown.unit !== '' && <span className="measure__unit">{shown.unit}</span>}
    </span>
  );
}

function Plain({ text, raw }: { text: string; raw: LineValues['pid'] }) {
  return <span data-value={raw ?? undefined}>{text}</span>;
}

function Text({ text, whenEmpty }: { text: string; whenEmpty: string }) {
  if (text === '') return <span className="unknown" title={whenEmpty}>–</span>; // prettier-ignore
  const shown = showName(text);
  return (
    <span translate="no" title={shown}>
      {shown}
    </span>
  );
}

function State({ letter }: { letter: string }) {
  return (
    <span className={`process-state process-state--${stateName(letter)}`} title={stateSentence(letter)}>
      {stateWord(letter)}
    </span>
  );
}
