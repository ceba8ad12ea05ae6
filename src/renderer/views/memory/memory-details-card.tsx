import type { MemoryRaw } from '../../../shared/series/raw/memory.ts';
import { formatBytes, showText } from '../../../shared/series/units.ts';
import { deriveUsedMemoryBytes } from '../../../shared/series/used-memory.ts';
import { useTopic } from '../../session-context.ts';
import { BytesTile, FactGrid } from '../facts.tsx';
import { SectionCard } from '../section-card.tsx';

/** Where every byte is, as the kernel counts them. */
export function MemoryDetailsCard() {
  const state = useTopic('memory');
  return (
    <SectionCard title="What it holds" area="memory-details" state={state}>
      {(data) => (
        <>
          <FactGrid>
            <BytesTile
              label="Used"
              testId="detail-used"
              raw={deriveUsedMemoryBytes(data)}
              note="total less available"
            />
            <BytesTile label="Free" testId="detail-free" raw={data.freeBytes} note="of no use to anybody" />
            <BytesTile
              label="Cached"
              testId="detail-cached"
              raw={data.cachedBytes}
              note="files, reclaimable slab"
            />
            <BytesTile label="Buffers" testId="detail-buffers" raw={data.buffersBytes} />
            <BytesTile label="Shared" testId="detail-shared" raw={data.sharedBytes} note="with tmpfs" />
            <BytesTile label="Of processes alone" testId="detail-anonymous" raw={data.anonymousBytes} />
            <BytesTile label="Mapped files" testId="detail-mapped" raw={data.mappedBytes} />
            <BytesTile
              label="Slab"
              testId="detail-slab"
              raw={data.slabBytes}
              note={data.slabReclaimableBytes !== null && `${bytes(data.slabReclaimableBytes)} reclaimable`}
            />
            <BytesTile label="Page tables" testId="detail-page-tables" raw={data.pageTablesBytes} />
            <BytesTile label="Dirty" testId="detail-dirty" raw={data.dirtyBytes} note="to be written" />
            <BytesTile
              label="Writeback"
              testId="detail-writeback"
              raw={data.writebackBytes}
              note="being written"
            />
            <BytesTile
              label="Committed"
              testId="detail-committed"
              raw={data.committedBytes}
              note={data.commitLimitBytes !== null && `of ${bytes(data.commitLimitBytes)} that may be`}
              alarming={isOver(data)}
            />
            <BytesTile
              label="Transparent huge pages"
              testId="detail-transparent"
              raw={data.transparentHugeBytes}
            />
            <HugePages pool={data.hugePages} />
            <BytesTile
              label="ZFS cache (ARC)"
              testId="detail-arc"
              raw={data.arc?.sizeBytes}
              reason="no ZFS here"
              note={data.arc && `${bytes(data.arc.minimumBytes)} to ${bytes(data.arc.maximumBytes)}`}
            />
          </FactGrid>
        </>
      )}
    </SectionCard>
  );
}

function HugePages({ pool }: { readonly pool: MemoryRaw['hugePages'] }) {
  const raw = pool && (pool.total - pool.free) * pool.pageBytes;
  return (
    <BytesTile
      label="Huge pages in use"
      testId="detail-huge"
      raw={raw}
      note={pool && (pool.total > 0 ? `of ${pool.total} × ${bytes(pool.pageBytes)}` : 'no pool set up')}
    />
  );
}

/** More is promised than there may be: the next who asks may be refused. */
function isOver({ committedBytes, commitLimitBytes }: MemoryRaw): boolean {
  return committedBytes !== null && commitLimitBytes !== null && committedBytes > commitLimitBytes * 1.5;
}

function bytes(count: number): string {
  return showText(formatBytes(count));
}
