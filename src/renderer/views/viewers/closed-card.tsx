import type { DiagnosticsRaw } from '../../../shared/series/raw/diagnostics.ts';
import { formatCount, formatDuration, showText } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Name } from '../name.tsx';
import { SectionCard } from '../section-card.tsx';
import { StateWord } from '../state-word.tsx';
import { kindWord, nameConnection } from './connection-words.ts';
import { describeRest } from './describe-rest.ts';

type Closed = DiagnosticsRaw['closed'][number];

/** Who left lately, why, and the proof that nothing of them stayed. */
export function ClosedCard() {
  const state = useTopic('diagnostics');
  return (
    <SectionCard title={t('viewers:closed.title')} area="closed" state={state}>
      {({ closed }) => (
        <DataTable
          label={t('viewers:closed.label')}
          testId="closed-row"
          empty={t('viewers:closed.none')}
          columns={closedColumns()}
          rows={closed}
          rowKey={({ id }) => id}
        />
      )}
    </SectionCard>
  );
}

const closedColumns = (): readonly DataColumn<Closed>[] => [
  {
    key: 'name',
    label: t('viewer'),
    sortBy: nameConnection,
    cell: (of) => <Name text={nameConnection(of)} title={of.id} />,
  },
  {
    key: 'kind',
    label: t('kind'),
    room: 'optional',
    sortBy: ({ kind }) => kindWord(kind),
    cell: ({ kind }) => kindWord(kind),
  },
  {
    key: 'reason',
    label: t('viewers:closed.why'),
    sortBy: ({ reason }) => reason,
    cell: ({ reason }) => <Name text={reason} />,
  },
  {
    key: 'lived',
    label: t('viewers:closed.lived'),
    number: true,
    room: 'optional',
    sortBy: ({ livedMs }) => livedMs,
    cell: ({ livedMs }) => formatDuration(livedMs / 1_000),
  },
  {
    key: 'ago',
    label: t('viewers:closed.ago'),
    number: true,
    room: 'optional',
    sortBy: ({ sinceMs }) => sinceMs,
    cell: ({ sinceMs }) => formatDuration(sinceMs / 1_000),
  },
  {
    key: 'sent',
    label: t('viewers:sent'),
    number: true,
    room: 'spare',
    sortBy: ({ sent }) => sent,
    cell: ({ sent }) => showText(formatCount(sent)),
  },
  {
    key: 'dropped',
    label: t('viewers:dropped'),
    number: true,
    room: 'spare',
    sortBy: ({ dropped }) => dropped,
    cell: ({ dropped }) => showText(formatCount(dropped)),
  },
  {
    key: 'left',
    label: t('viewers:closed.left'),
    number: true,
    sortBy: ({ tasksLeft }) => tasksLeft,
    cell: (of) => {
      const { text, isClean } = describeRest(of);
      return <StateWord state={text} good={isClean} />;
    },
  },
];
