import { useMemo } from 'react';
import { t } from '../../../shared/texts/texts.ts';
import type { Command, KeyHint } from '../../commands/command.ts';
import { useCommands, useKeyHints } from '../../commands/commands-context.ts';
import type { ColumnId } from '../../store/processes/process-columns.ts';
import type { ProcessList } from '../../store/processes/process-list.ts';

/** What the table listens to itself, while it has the focus. */
const hints: readonly KeyHint[] = [
  {
    id: 'table.move',
    title: () => t('processes:commands.move'),
    keys: ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'],
  },
  { id: 'table.branch', title: () => t('processes:commands.branch'), keys: ['ArrowLeft', 'ArrowRight'] },
  { id: 'table.open', title: () => t('processes:commands.open'), keys: 'Enter' },
  { id: 'table.end', title: () => t('processes:deeds.end.verb'), keys: 'Delete' },
].map((hint) => ({ ...hint, id: `processes.${hint.id}`, group: 'processes' }));

/** By these the table is sorted with a key, after `s`; a second time the other way round. */
const sorts: readonly (readonly [ColumnId, string])[] = [
  ['cpuShare', 'c'],
  ['residentBytes', 'm'],
  ['readBytesPerSecond', 'r'],
  ['writtenBytesPerSecond', 'w'],
  ['name', 'n'],
  ['user', 'u'],
  ['pid', 'p'],
  ['startedWallMs', 't'],
];

/** How the table is arranged, as commands. */
export function useProcessKeys(list: ProcessList): void {
  useKeyHints(hints);
  useCommands(useMemo(() => deriveCommands(list), [list]));
}

function deriveCommands(list: ProcessList): readonly Command[] {
  const layouts = (['list', 'tree', 'groups'] as const).map((layout): Command => ({
    id: `processes.${layout}`,
    title: () => t(`processes:commands.${layout}`),
    group: 'processes',
    keys: `v ${layout[0]}`,
    run: () => list.setLayout(layout),
  }));
  const sorting = sorts.map(([column, key]): Command => ({
    id: `processes.sort.${column}`,
    title: () => t('processes:commands.sort', { column: t(`processes:columns.${column}`) }),
    group: 'processes',
    keys: `s ${key}`,
    run: () => list.sortBy(column),
  }));
  return [...layouts, ...sorting];
}
