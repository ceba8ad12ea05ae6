import { useMemo, useState } from 'react';
import type { Demand } from '../../../client/connection-manager.ts';
import { formatBytes, formatShare } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useDemands, useTopic } from '../../session-context.ts';
import { Figure } from '../figure.tsx';
import { showName } from '../show-name.ts';
import { useQuickActions } from './quick-actions.ts';
import { rankProcesses, type BusyProcess } from './rank-processes.ts';

const places = [0, 1, 2] as const;
/** Rates take two readings: the second one soon, and then at leisure. */
const first: readonly Demand[] = [{ topics: ['process'], intervalMs: 500 }];
const then: readonly Demand[] = [{ topics: ['process'], intervalMs: 2_000 }];

/** The processes that use most of the processor. Opens the table of all. */
export function QuickProcesses({ place }: { readonly place: number }) {
  const { open } = useQuickActions();
  const { data, rates, message } = useTopic('process');
  const [isKnown, setIsKnown] = useState(false);
  useDemands('quick-processes', isKnown ? then : first);
  const busiest = useMemo(
    () => (data && rates?.status === 'ok' ? rankProcesses(data, rates.rows, places.length) : []),
    [data, rates],
  );
  if (busiest.length > 0 && !isKnown) setIsKnown(true);

  return (
    <button
      type="button"
      className="quick__processes"
      data-entry="processes"
      data-testid="quick-processes"
      aria-keyshortcuts={String(place + 1)}
      title={t('quick:openPage', { page: t('quick:subject.processes'), key: place + 1 })}
      onClick={() => open('processes')}
    >
      <span className="quick__row quick__row--head">
        <span>{t('quick:subject.processes')}</span>
        <span>{t('quick:column.processor')}</span>
        <span>{t('quick:column.memory')}</span>
      </span>
      {places.map((at) => (
        <Row key={at} process={busiest[at] ?? null} instead={at === 0 ? message : null} />
      ))}
    </button>
  );
}

interface RowProps {
  readonly process: BusyProcess | null;
  /** Why there is nothing to show. */
  readonly instead: string | null;
}

function Row({ process, instead }: RowProps) {
  return (
    <span className="quick__row" data-pid={process?.pid}>
      <span className="quick__process">{process ? showName(process.name) : (instead ?? '–')}</span>
      {process && (
        <>
          <Figure shown={formatShare(process.cpuShare)} raw={process.cpuShare} testId="process-cpu" />
          <Figure
            shown={formatBytes(process.residentBytes)}
            raw={process.residentBytes}
            testId="process-memory"
          />
        </>
      )}
    </span>
  );
}
