import type { DeviceRaw } from '../../../shared/series/raw/disk.ts';
import type { DeviceRates } from '../../../shared/series/rates/disk.ts';
import {
  formatBytes,
  formatBytesPerSecond,
  formatMilliseconds,
  formatPerSecond,
  formatShare,
  showText,
  type Shown,
} from '../../../shared/series/units.ts';
import { ChartSpan } from '../../charts/chart-span.tsx';
import { useTopic } from '../../session-context.ts';
import { trafficDevices } from '../../../shared/series/traffic.ts';
import { t } from '../../../shared/texts/texts.ts';
import { describeGap } from '../../store/figures.ts';
import { ChooseButton, useChosen } from '../chosen.tsx';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { Name } from '../name.tsx';
import { SectionCard } from '../section-card.tsx';
import { DiskDetails } from './disk-details.tsx';

/** A disk with its rates, or the reason why it has none. */
export interface DiskRow {
  readonly device: DeviceRaw;
  readonly rates: DeviceRates | null;
  readonly gap: string;
}

/** Every disk in a table, and one of them closely. */
export function DisksCard() {
  const state = useTopic('disk');
  const rated = state.rates?.status === 'ok' ? state.rates : null;
  const gap = state.rates?.status === 'gap' ? state.rates.reason : 'missing';
  const devices = state.data?.devices ?? [];
  const main = new Set(trafficDevices(devices));
  // What stands on others comes after what it stands on.
  const sorted = [...devices].sort((a, b) => Number(main.has(b)) - Number(main.has(a)));
  const rows = sorted.map((device): DiskRow => {
    const own = rated?.devices.get(device.name);
    return {
      device,
      rates: own?.status === 'ok' ? own : null,
      gap: describeGap(own?.status === 'gap' ? own.reason : gap),
    };
  });
  const [chosen, choose] = useChosen(rows, ({ device }) => device.name);
  return (
    <SectionCard title={t('disks:title')} area="disks" state={state} aside={<ChartSpan />}>
      {() => (
        <>
          {chosen && <DiskDetails key={chosen.device.name} row={chosen} />}
          <DataTable
            label={t('disks:title')}
            testId="disk-row"
            empty={t('disks:none')}
            columns={deriveColumns(chosen?.device.name, choose)}
            rows={rows}
            rowKey={({ device }) => device.name}
            chosenKey={chosen?.device.name}
          />
        </>
      )}
    </SectionCard>
  );
}

type Pick = (rates: DeviceRates) => number | null;

function deriveColumns(
  chosen: string | undefined,
  choose: (name: string) => void,
): readonly DataColumn<DiskRow>[] {
  const figure = (
    key: string,
    label: string,
    pick: Pick,
    format: (figure: number) => Shown,
    more: { readonly room?: 'optional' | 'spare'; readonly none?: string } = {},
  ): DataColumn<DiskRow> => ({
    key,
    label,
    number: true,
    ...(more.room && { room: more.room }),
    sortBy: ({ rates }) => rates && pick(rates),
    cell: ({ rates, gap }) => {
      const value = rates && pick(rates);
      return value === null ? <Dash reason={rates ? more.none : gap} /> : showText(format(value));
    },
  });
  const idle = { room: 'optional', none: t('disks:idle') } as const;
  return [
    {
      key: 'name',
      label: t('disks:column.disk'),
      sortBy: ({ device }) => device.name,
      cell: ({ device }) => (
        <ChooseButton name={device.name} isChosen={device.name === chosen} onChoose={choose} />
      ),
    },
    {
      key: 'model',
      label: t('disks:column.model'),
      room: 'spare',
      sortBy: ({ device }) => device.model,
      cell: ({ device }) => (device.model === null ? <Dash /> : <Name text={device.model} />),
    },
    {
      key: 'size',
      label: t('size'),
      number: true,
      room: 'spare',
      sortBy: ({ device }) => device.sizeBytes,
      cell: ({ device }) => (device.sizeBytes === null ? <Dash /> : showText(formatBytes(device.sizeBytes))),
    },
    figure('read', t('read'), (of) => of.readBytesPerSecond, formatBytesPerSecond),
    figure('written', t('written'), (of) => of.writtenBytesPerSecond, formatBytesPerSecond),
    figure(
      'operations',
      t('disks:column.operations'),
      (of) => of.readOperationsPerSecond + of.writeOperationsPerSecond,
      formatPerSecond,
      { room: 'optional' },
    ),
    figure('latency', t('disks:column.latency'), (of) => of.latencyMs, formatMilliseconds, idle),
    figure('busy', t('busy'), (of) => of.busy, formatShare),
  ];
}
