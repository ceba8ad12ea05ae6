import type { InterfaceRaw } from '../../../shared/series/raw/network.ts';
import type { InterfaceRates } from '../../../shared/series/rates/network.ts';
import { formatCount, formatShare, formatTrafficPerSecond, showText } from '../../../shared/series/units.ts';
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
    <SectionCard title="Interfaces" area="interfaces" state={state} aside={<ChartSpan />}>
      {() => (
        <>
          {chosen && <InterfaceDetails key={chosen.link.name} row={chosen} />}
          <DataTable
            label="Interfaces"
            testId="interface-row"
            empty="This machine has no network interface."
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
      label: 'Interface',
      sortBy: ({ link }) => link.name,
      cell: ({ link }) => <ChooseButton name={link.name} isChosen={link.name === chosen} onChoose={choose} />,
    },
    {
      key: 'link',
      label: 'Link',
      room: 'optional',
      sortBy: ({ link }) => describeLink(link),
      cell: ({ link }) => describeLink(link),
    },
    rate('rx', 'In', (of) => of.rxBytesPerSecond),
    rate('tx', 'Out', (of) => of.txBytesPerSecond),
    {
      key: 'utilisation',
      label: 'Of its speed',
      number: true,
      room: 'optional',
      sortBy: ({ link, rates }) => deriveUtilisation(link, rates),
      cell: ({ link, rates, gap }) => {
        const used = deriveUtilisation(link, rates);
        return used === null ? (
          <Dash reason={rates ? 'its speed is not told' : gap} />
        ) : (
          showText(formatShare(used))
        );
      },
    },
    trouble('errors', 'Errors', (link) => link.rxErrors + link.txErrors),
    trouble('drops', 'Drops', (link) => link.rxDropped + link.txDropped),
  ];
}
