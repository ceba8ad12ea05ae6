import type { MountRaw } from '../../../shared/series/raw/filesystem.ts';
import { formatBytes, formatCount, formatShare, showText } from '../../../shared/series/units.ts';
import { useTopic } from '../../session-context.ts';
import { fullness } from '../../store/busiest.ts';
import { DataTable, type DataColumn } from '../data-table.tsx';
import { Dash } from '../facts.tsx';
import { Meter } from '../figure.tsx';
import { formatMoment } from '../format-moment.ts';
import { Name } from '../name.tsx';
import { SectionCard } from '../section-card.tsx';
import { showName } from '../show-name.ts';

/** Every file system with its space, its inodes and its options; those that turned read-only first, with a warning. */
export function MountsCard() {
  const state = useTopic('filesystem');
  return (
    <SectionCard title="File systems" area="mounts" state={state}>
      {({ mounts }) => {
        const turned = mounts.filter(({ turnedReadOnlyWallMs }) => turnedReadOnlyWallMs !== null);
        return (
          <>
            {turned.map((mount) => (
              <TurnedReadOnly key={mount.mountPoint} mount={mount} />
            ))}
            <DataTable
              label="File systems"
              testId="mount-row"
              empty="No file system is mounted."
              columns={mountColumns}
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
      <strong>{showName(mountPoint)} turned read-only</strong>
      <p>
        It was writable until {formatMoment(turnedReadOnlyWallMs ?? 0)}. The kernel does this after errors of{' '}
        {showName(device)}: see its messages (<code>journalctl -k</code>) and save what is on it.
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

const silent = 'did not answer';

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
    cell: ({ space }) => (space ? showText(formatBytes(pick(space))) : <Dash reason={silent} />),
  };
}

const mountColumns: readonly DataColumn<MountRaw>[] = [
  {
    key: 'mountPoint',
    label: 'Mounted at',
    sortBy: ({ mountPoint }) => mountPoint,
    cell: ({ mountPoint, device, readOnly, options }) => (
      <>
        <Name text={mountPoint} title={`${mountPoint} on ${device} (${options.join(', ')})`} />
        {readOnly && <span className="tag">read-only</span>}
      </>
    ),
  },
  {
    key: 'device',
    label: 'Device',
    room: 'spare',
    sortBy: ({ device }) => device,
    cell: ({ device }) => <Name text={device} />,
  },
  {
    key: 'type',
    label: 'Type',
    room: 'optional',
    sortBy: ({ type }) => type,
    cell: ({ type }) => <Name text={type} />,
  },
  {
    key: 'full',
    label: 'Full',
    sortBy: (mount) => (mount.space ? share(mount) : null),
    cell: (mount) =>
      mount.space ? (
        <span className="metered">
          <Meter share={share(mount)} label={`${showName(mount.mountPoint)} full`} />
          <span className="number">{showText(formatShare(share(mount)))}</span>
        </span>
      ) : (
        <Dash reason={silent} />
      ),
  },
  spaceColumn('used', 'Used', ({ totalBytes, freeBytes }) => totalBytes - freeBytes, 'optional'),
  spaceColumn('free', 'Free', ({ availableBytes }) => availableBytes),
  spaceColumn('size', 'Size', ({ totalBytes }) => totalBytes, 'optional'),
  {
    key: 'inodes',
    label: 'Inodes used',
    number: true,
    room: 'spare',
    sortBy: inodeShare,
    cell: (mount) => {
      const used = inodeShare(mount);
      if (used === null) return <Dash reason={mount.space ? 'has no fixed number of them' : silent} />;
      return (
        <span title={`${showText(formatCount(mount.space?.inodesFree))} free`}>
          {showText(formatShare(used))}
        </span>
      );
    },
  },
  {
    key: 'options',
    label: 'Options',
    room: 'ample',
    cell: ({ options }) => (options.length > 0 ? <Name text={options.join(', ')} /> : <Dash />),
  },
];
