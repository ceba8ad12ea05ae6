import { t } from '../../../shared/texts/texts.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useSession, useTopic } from '../../session-context.ts';
import type { Line } from '../../store/processes/arrange.ts';
import type { TableRow } from '../../store/processes/table-row.ts';
import { leavePart, useAddressPart } from '../address.ts';
import { DeedDialog, type Intent } from './deed-dialog.tsx';
import { grantedDeeds } from './process-actions.ts';
import { ProcessDetails } from './process-details.tsx';
import { ProcessFooter, type Done } from './process-footer.tsx';
import { ProcessPlaceholder } from './process-placeholder.tsx';
import { ProcessTable } from './process-table.tsx';
import { ProcessToolbar } from './process-toolbar.tsx';
import { TableTrouble } from './table-trouble.tsx';
import { useFit } from './use-fit.ts';
import { useProcessKeys } from './use-process-keys.ts';
import { useProcessList } from './use-process-list.ts';

/** Every process of the host: found, compared, looked into, and, where that is granted, ended or stopped. */
export function ProcessesPage() {
  const session = useSession();
  const state = useTopic('process');
  const { data: memory } = useTopic('memory');
  const [list, view] = useProcessList();
  const [opened, setOpened] = useState<{ readonly row: TableRow; readonly by: 'key' | 'pointer' } | null>(
    null,
  );
  const [intent, setIntent] = useState<Intent | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const filter = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const { frame, columns, rowHeightPx } = useFit(view.hasCommands);

  const toGrid = useCallback(() => {
    const reachable = grid.current?.querySelector<HTMLElement>('.process-grid__rows [tabindex="0"]');
    (reachable ?? grid.current)?.focus();
  }, []);

  // Once for each address: what it names is looked at, if it is there.
  const named = useAddressPart();
  const [answered, setAnswered] = useState<string | null>(null);
  if (view.processCount > 0 && named !== answered) {
    setAnswered(named);
    const row = named === null ? undefined : list.find(named);
    if (row) setOpened({ row, by: 'key' });
  }
  useEffect(() => {
    if (opened) list.select(opened.row.key);
  }, [list, opened]);

  const open = useCallback(
    (line: Line, by: 'key' | 'pointer') => {
      if (line.kind === 'process') setOpened({ row: line.row, by });
      else list.toggle(line.key);
    },
    [list],
  );

  const close = useCallback(() => {
    setOpened(null);
    leavePart();
    toGrid();
  }, [toGrid]);

  const askToEnd = useCallback(
    (line: Line) => {
      const granted = session.status().welcome?.capabilities.methods ?? [];
      if (line.kind !== 'process' || line.ended || !grantedDeeds(granted, false).includes('end')) return;
      setIntent({ deed: 'end', row: line.row });
    },
    [session],
  );

  useProcessKeys(list);

  const troubled = state.status !== 'ok' && state.status !== 'loading';
  const empty = state.data === null;
  const scale = {
    memoryBytes: memory?.totalBytes ?? 0,
    // To the minute: times of day do not depend on more, and rows are not drawn anew for it.
    nowMs: Math.floor(session.clock.wall() / 60_000) * 60_000,
  };
  return (
    <div className={opened ? 'processes processes--opened' : 'processes'} data-testid="processes">
      <ProcessToolbar list={list} view={view} filter={filter} onLeave={toGrid} />
      <section
        className="card processes__table"
        data-testid="card-processes"
        data-status={state.status}
        ref={frame}
        aria-label={t('processes:label')}
        aria-busy={state.status === 'loading'}
      >
        <TableTrouble state={state} />
        {empty ? (
          <ProcessPlaceholder loading={!troubled} />
        ) : (
          <ProcessTable
            list={list}
            view={view}
            columns={columns}
            rowHeightPx={rowHeightPx}
            scale={scale}
            isOld={troubled}
            grid={grid}
            onOpen={open}
            onEnd={askToEnd}
            onEscape={() => opened && close()}
          />
        )}
        {!empty && view.lines.length === 0 && (
          <div className="processes__none" role="status" data-testid="nothing-matches">
            <strong>{t('processes:nothing')}</strong>
            <button type="button" onClick={() => list.setFilter('')}>
              {t('processes:showAll', { count: view.processCount })}
            </button>
          </div>
        )}
        <ProcessFooter list={list} view={view} state={state} done={done} onDismiss={() => setDone(null)} />
      </section>
      {opened && (
        <ProcessDetails
          list={list}
          opened={opened.row}
          takesFocus={opened.by === 'key'}
          onDeed={(deed, row) => setIntent({ deed, row })}
          onClose={close}
        />
      )}
      {intent && (
        <DeedDialog
          key={`${intent.deed} ${intent.row.key}`}
          intent={intent}
          onClose={(wasDone) => {
            setIntent(null);
            if (wasDone) setDone(intent);
            if (document.activeElement === document.body) toGrid();
          }}
        />
      )}
    </div>
  );
}
