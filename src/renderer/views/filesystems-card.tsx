import type { MountRaw } from '../../shared/series/raw/filesystem.ts';
import { formatBytes, formatShare, showText } from '../../shared/series/units.ts';
import { useTopic } from '../session-context.ts';
import { fullness } from '../store/busiest.ts';
import { Meter } from './figure.tsx';
import { SectionCard } from './section-card.tsx';
import { showName } from './show-name.ts';

/** How many the overview lists; the page of the disks has them all. */
const mostMounts = 12;

/** File systems, the fullest first, since that is the one that will be asked about. */
export function FilesystemsCard() {
  const state = useTopic('filesystem');
  return (
    <SectionCard title="File systems" area="filesystem" state={state}>
      {({ mounts }) => (
        <div className="table-frame">
          <table className="mounts">
            <thead>
              <tr>
                <th scope="col">Mounted at</th>
                <th scope="col" className="optional">
                  Type
                </th>
                <th scope="col" className="wide">
                  Full
                </th>
                <th scope="col" className="number optional">
                  Used
                </th>
                <th scope="col" className="number">
                  Free
                </th>
                <th scope="col" className="number optional">
                  Size
                </th>
              </tr>
            </thead>
            <tbody>
              {[...mounts]
                .sort(byFullness)
                .slice(0, mostMounts)
                .map((mount) => (
                  <Mount key={mount.mountPoint} mount={mount} />
                ))}
            </tbody>
          </table>
          {mounts.length > mostMounts && (
            <a href="#disks" className="more">
              {mounts.length - mostMounts} more
            </a>
          )}
        </div>
      )}
    </SectionCard>
  );
}

function Mount({ mount: { mountPoint, device, type, readOnly, space } }: { readonly mount: MountRaw }) {
  const share = space && space.totalBytes > 0 ? fullness(space) : null;
  return (
    <tr data-testid="filesystem" data-name={mountPoint} data-value={share ?? undefined}>
      <th scope="row" className="clip" title={showName(`${mountPoint} on ${device}`)}>
        {showName(mountPoint)}
        {readOnly && <span className="tag">read-only</span>}
      </th>
      <td className="optional quiet">{type}</td>
      {space ? (
        <>
          <td className="wide">
            <span className="metered">
              <Meter share={share} label={`${showName(mountPoint)} full`} />
              <span className="number">{showText(formatShare(share))}</span>
            </span>
          </td>
          <td className="number optional">{showText(formatBytes(space.totalBytes - space.freeBytes))}</td>
          <td className="number">{showText(formatBytes(space.availableBytes))}</td>
          <td className="number optional">{showText(formatBytes(space.totalBytes))}</td>
        </>
      ) : (
        <>
          <td className="wide quiet">Did not answer</td>
          <td className="optional" />
          <td className="number quiet">–</td>
          <td className="optional" />
        </>
      )}
    </tr>
  );
}

function byFullness(a: MountRaw, b: MountRaw): number {
  const share = ({ space }: MountRaw): number => (space ? fullness(space) : -1);
  return share(b) - share(a) || a.mountPoint.localeCompare(b.mountPoint);
}
