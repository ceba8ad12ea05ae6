import type { MountRaw } from '../../../shared/series/raw/filesystem.ts';
import {
  formatBytes,
  formatCount,
  formatMoment,
  formatShare,
  showText,
} from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { fullness } from '../../store/busiest.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { Meter } from '../figure.tsx';
import { Name } from '../name.tsx';
import { RichText } from '../rich-text.tsx';
import { SectionCard } from '../section-card.tsx';
import { showName } from '../show-name.ts';

/** Every file system with its space, its inodes and its options; those that turned read-only first, with a warning. */
export function MountsCard() {
  const state = useTopic('filesystem');
  return (
    <SectionCard title={t('disks:mounts.title')} area="mounts" state={state}>
      {({ mounts }) => {
        const turned = mounts.filter(({ turnedReadOnlyWallMs }) => turnedReadOnlyWallMs !== null);
        return (
          <>
            {turned.map((mount) => (
              <TurnedReadOnly key={mount.mountPoint} mount={mount} />
            ))}
            <DataTable
              label={t('disks:mounts.title')}
              testId="mount-row"
              empty={t('disks:mounts.none')}
              columns={mountColumns()}
              rows={[...mounts].sort((a, b) => share(b) - share(a))}
              rowKey={({ mountPoint }) => mountPoint}
              rowState={({ turnedReadOnlyWallMs }) => (turnedReadOnlyWallMs === null ? undefined : 'bad')}
            />
          </>
        );
      }}
    </SectionCard>
  );
}

function TurnedReadOnly({ mount: { mountPoint, device, turnedReadOnlyWallMs } }: { mount: MountRaw }) {
  return (
    <div className="notice notice--inline" role="alert" data-testid="turned-read-only">
      <strong>
        <RichText text={t('disks:turned.title')} parts={{ name: () => <Name text={mountPoint} /> }} />
      </strong>
      <p>
        <RichText
          text={t('disks:turned.text', { time: formatMoment(turnedReadOnlyWallMs ?? 0) })}
          parts={{ device: () => <Name text={device} />, command: () => <code>journalctl -k</code> }}
        />
      </p>
    </div>
  );
}

/** Those that do not answer come last. */
function share({ space }: MountRaw): number {
  return space ? fullness(space) : -1;
}

function inodeShare({ space }: MountRaw): number | null {
  if (!space?.inodesTotal || space.inodesFree === null) return null;
  return 1 - space.inodesFree / space.inodesTotal;
}

function spaceColumn(
  key: string,
  label: string,
  pick: (space: NonNullable<MountRaw['space']>) => number,
  room?: 'optional',
): DataColumn<MountRaw> {
  return {
    key,
    label,
    number: true,
    ...(room && { room }),
    sortBy: ({ space }) => space && pick(space),
    cell: ({ space }) => (space ? showText(formatBytes(pick(space))) : <Dash reason={t('disks:silent')} />),
  };
}

const mountColumns = (): readonly DataColumn<MountRaw>[] => [
  {
    key: 'mountPoint',
    label: t('disks:mounts.at'),
    sortBy: ({ mountPoint }) => mountPoint,
    cell: ({ mountPoint, device, readOnly, options }) => (
      <>
        <Name
          text={mountPoint}
          title={t('disks:mount.where', { mountPoint, device, options: options.join(', ') })}
        />
        {readOnly && <span className="tag">{t('disks:mounts.readOnly')}</span>}
      </>
    ),
  },
  {
    key: 'device',
    label: t('device'),
    room: 'spare',
    sortBy: ({ device }) => device,
    cell: ({ device }) => <Name text={device} />,
  },
  {
    key: 'type',
    label: t('type'),
    room: 'optional',
    sortBy: ({ type }) => type,
    cell: ({ type }) => <Name text={type} />,
  },
  {
    key: 'full',
    label: t('disks:mounts.full'),
    sortBy: (mount) => (mount.space ? share(mount) : null),
    cell: (mount) =>
      mount.space ? (
        <span className="metered">
          <Meter
            share={share(mount)}
            label={t('disks:mounts.fullOf', { name: showName(mount.mountPoint) })}
          />
          <span className="number">{showText(formatShare(share(mount)))}</span>
        </span>
      ) : (
        <Dash reason={t('disks:silent')} />
      ),
  },
  spaceColumn('used', t('used'), ({ totalBytes, freeBytes }) => totalBytes - freeBytes, 'optional'),
  spaceColumn('free', t('free'), ({ availableBytes }) => availableBytes),
  spaceColumn('size', t('size'), ({ totalBytes }) => totalBytes, 'optional'),
  {
    key: 'inodes',
    label: t('disks:mounts.inodes'),
    number: true,
    room: 'spare',
    sortBy: inodeShare,
    cell: (mount) => {
      const used = inodeShare(mount);
      if (used === null)
        return <Dash reason={mount.space ? t('disks:mounts.noInodes') : t('disks:silent')} />;
      return (
        <span
          title={t('disks:mounts.inodesFree', { inodes: showText(formatCount(mount.space?.inodesFree)) })}
        >
          {showText(formatShare(used))}
        </span>
      );
    },
  },
  {
    key: 'options',
    label: t('disks:mounts.options'),
    room: 'ample',
    cell: ({ options }) => (options.length > 0 ? <Name text={options.join(', ')} /> : <Dash />),
  },
];
