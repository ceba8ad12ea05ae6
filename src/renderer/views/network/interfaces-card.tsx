import type { InterfaceRaw } from '../../../shared/series/raw/network.ts';
import type { InterfaceRates } from '../../../shared/series/rates/network.ts';
import { formatCount, formatShare, formatTrafficPerSecond, showText } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { ChartSpan } from '../../charts/chart-span.tsx';
import { useTopic } from '../../session-context.ts';
import { describeGap, sortInterfaces } from '../../store/figures.ts';
import { ChooseButton, useChosen } from '../chosen.tsx';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { SectionCard } from '../section-card.tsx';
import { deriveUtilisation, describeLink } from './describe-link.ts';
import { InterfaceDetails } from './interface-details.tsx';

/** An interface with its rates, or the reason why it has none. */
export interface InterfaceRow {
  readonly link: InterfaceRaw;
  readonly rates: InterfaceRates | null;
  readonly gap: string;
}

/** Every interface in a table, and one of them closely. */
export function InterfacesCard() {
  const state = useTopic('network');
  const rated = state.rates?.status === 'ok' ? state.rates.interfaces : null;
  const gap = state.rates?.status === 'gap' ? state.rates.reason : 'missing';
  const rows = sortInterfaces(state.data?.interfaces ?? []).map((link): InterfaceRow => {
    const own = rated?.get(link.name);
    return {
      link,
      rates: own?.status === 'ok' ? own : null,
      gap: describeGap(own?.status === 'gap' ? own.reason : gap),
    };
  });
  const [chosen, choose] = useChosen(rows, ({ link }) => link.name);
  return (
    <SectionCard title={t('network:title')} area="interfaces" state={state} aside={<ChartSpan />}>
      {() => (
        <>
          {chosen && <InterfaceDetails key={chosen.link.name} row={chosen} />}
          <DataTable
            label={t('network:title')}
            testId="interface-row"
            empty={t('network:none')}
            columns={deriveColumns(chosen?.link.name, choose)}
            rows={rows}
            rowKey={({ link }) => link.name}
            rowState={({ link }) => (link.state === 'down' ? 'quiet' : undefined)}
            chosenKey={chosen?.link.name}
          />
        </>
      )}
    </SectionCard>
  );
}

function deriveColumns(
  chosen: string | undefined,
  choose: (name: string) => void,
): readonly DataColumn<InterfaceRow>[] {
  const rate = (
    key: string,
    label: string,
    pick: (rates: InterfaceRates) => number,
  ): DataColumn<InterfaceRow> => ({
    key,
    label,
    number: true,
    sortBy: ({ rates }) => rates && pick(rates),
    cell: ({ rates, gap }) => (rates ? showText(formatTrafficPerSecond(pick(rates))) : <Dash reason={gap} />),
  });
  const trouble = (
    key: string,
    label: string,
    pick: (link: InterfaceRaw) => number,
  ): DataColumn<InterfaceRow> => ({
    key,
    label,
    number: true,
    room: 'optional',
    sortBy: ({ link }) => pick(link),
    cell: ({ link }) => (
      <span className={pick(link) > 0 ? 'alarm' : undefined}>{showText(formatCount(pick(link)))}</span>
    ),
  });
  return [
    {
      key: 'name',
      label: t('network:column.interface'),
      sortBy: ({ link }) => link.name,
      cell: ({ link }) => <ChooseButton name={link.name} isChosen={link.name === chosen} onChoose={choose} />,
    },
    {
      key: 'link',
      label: t('network:column.link'),
      room: 'optional',
      sortBy: ({ link }) => describeLink(link),
      cell: ({ link }) => describeLink(link),
    },
    rate('rx', t('network:in'), (of) => of.rxBytesPerSecond),
    rate('tx', t('network:out'), (of) => of.txBytesPerSecond),
    {
      key: 'utilisation',
      label: t('network:ofSpeed'),
      number: true,
      room: 'optional',
      sortBy: ({ link, rates }) => deriveUtilisation(link, rates),
      cell: ({ link, rates, gap }) => {
        const used = deriveUtilisation(link, rates);
        return used === null ? (
          <Dash reason={rates ? t('network:speedNotTold') : gap} />
        ) : (
          showText(formatShare(used))
        );
      },
    },
    trouble('errors', t('network:column.errors'), (link) => link.rxErrors + link.txErrors),
    trouble('drops', t('network:column.drops'), (link) => link.rxDropped + link.txDropped),
  ];
}
