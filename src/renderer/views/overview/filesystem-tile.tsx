import type { MountRaw } from '../../../shared/series/raw/filesystem.ts';
import { formatBytes, formatShare, showText } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { fullness } from '../../store/busiest.ts';
import { Figure, Meter } from '../figure.tsx';
import { showName } from '../show-name.ts';
import { Tile, TileHero } from './tile.tsx';
import { useRows } from './use-rows.ts';

/** File systems, the fullest first, since that is the one that will be asked about. */
export function FilesystemTile() {
  const state = useTopic('filesystem');
  const { frame, count } = useRows(1);
  return (
    <Tile title={t('overview:filesystem.title')} area="filesystem" page="disks" state={state}>
      {({ mounts }) => {
        const sorted = [...mounts].sort(byFullness);
        const fullest = sorted[0];
        const share = fullest?.space ? fullness(fullest.space) : null;
        if (!fullest) return <p className="empty">{t('overview:filesystem.none')}</p>;
        return (
          <>
            <TileHero
              note={
                <>
                  <strong translate="no">{showName(fullest.mountPoint)}</strong>{' '}
                  {fullest.space &&
                    t('overview:filesystem.free', {
                      free: showText(formatBytes(fullest.space.availableBytes)),
                    })}
                </>
              }
            >
              <Figure shown={formatShare(share)} raw={share} testId="fullest" size="hero" />
            </TileHero>
            <ul className="tile__rows" ref={frame}>
              {sorted.slice(0, count).map((mount) => (
                <Mount key={mount.mountPoint} mount={mount} />
              ))}
            </ul>
          </>
        );
      }}
    </Tile>
  );
}

function Mount({ mount: { mountPoint, device, readOnly, space } }: { readonly mount: MountRaw }) {
  const share = space && space.totalBytes > 0 ? fullness(space) : null;
  return (
    <li
      className="tile__mount"
      data-testid="filesystem"
      data-name={mountPoint}
      data-value={share ?? undefined}
      title={showName(`${mountPoint} (${device})`)}
    >
      <span className="tile__name">
        <span className="clip" translate="no">
          {showName(mountPoint)}
        </span>
        {readOnly && <span className="tag">{t('overview:filesystem.readOnly')}</span>}
      </span>
      <Meter share={share} label={t('overview:filesystem.full', { name: showName(mountPoint) })} />
      <span className="number">{share === null ? '–' : showText(formatShare(share))}</span>
    </li>
  );
}

function byFullness(a: MountRaw, b: MountRaw): number {
  const share = ({ space }: MountRaw): number => (space ? fullness(space) : -1);
  return share(b) - share(a) || a.mountPoint.localeCompare(b.mountPoint);
}
