import type { MemoryRaw } from '../../../shared/series/raw/memory.ts';
import { formatBytes, showText } from '../../../shared/series/units.ts';
import { deriveUsedMemoryBytes } from '../../../shared/series/used-memory.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { BytesTile, FactGrid } from '../facts.tsx';
import { SectionCard } from '../section-card.tsx';

/** Where every byte is, as the kernel counts them. */
export function MemoryDetailsCard() {
  const state = useTopic('memory');
  return (
    <SectionCard title={t('memory:details.title')} area="memory-details" state={state}>
      {(data) => (
        <>
          <FactGrid>
            <BytesTile
              label={t('memory:used')}
              testId="detail-used"
              raw={deriveUsedMemoryBytes(data)}
              note={t('memory:details.usedNote')}
            />
            <BytesTile
              label={t('memory:details.free')}
              testId="detail-free"
              raw={data.freeBytes}
              note={t('memory:details.freeNote')}
            />
            <BytesTile
              label={t('memory:cached')}
              testId="detail-cached"
              raw={data.cachedBytes}
              note={t('memory:details.cachedNote')}
            />
            <BytesTile label={t('memory:buffers')} testId="detail-buffers" raw={data.buffersBytes} />
            <BytesTile
              label={t('memory:details.shared')}
              testId="detail-shared"
              raw={data.sharedBytes}
              note={t('memory:details.sharedNote')}
            />
            <BytesTile
              label={t('memory:details.anonymous')}
              testId="detail-anonymous"
              raw={data.anonymousBytes}
            />
            <BytesTile label={t('memory:details.mapped')} testId="detail-mapped" raw={data.mappedBytes} />
            <BytesTile
              label={t('memory:details.slab')}
              testId="detail-slab"
              raw={data.slabBytes}
              note={
                data.slabReclaimableBytes !== null &&
                t('memory:details.slabNote', { size: bytes(data.slabReclaimableBytes) })
              }
            />
            <BytesTile
              label={t('memory:details.pageTables')}
              testId="detail-page-tables"
              raw={data.pageTablesBytes}
            />
            <BytesTile
              label={t('memory:details.dirty')}
              testId="detail-dirty"
              raw={data.dirtyBytes}
              note={t('memory:details.dirtyNote')}
            />
            <BytesTile
              label={t('memory:details.writeback')}
              testId="detail-writeback"
              raw={data.writebackBytes}
              note={t('memory:details.writebackNote')}
            />
            <BytesTile
              label={t('memory:details.committed')}
              testId="detail-committed"
              raw={data.committedBytes}
              note={
                data.commitLimitBytes !== null &&
                t('memory:details.committedNote', { size: bytes(data.commitLimitBytes) })
              }
              alarming={isOver(data)}
            />
            <BytesTile
              label={t('memory:details.transparent')}
              testId="detail-transparent"
              raw={data.transparentHugeBytes}
            />
            <HugePages pool={data.hugePages} />
            <BytesTile
              label={t('memory:details.arc')}
              testId="detail-arc"
              raw={data.arc?.sizeBytes}
              reason={t('memory:details.noArc')}
              note={
                data.arc &&
                t('memory:details.arcNote', {
                  least: bytes(data.arc.minimumBytes),
                  most: bytes(data.arc.maximumBytes),
                })
              }
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
      label={t('memory:details.huge')}
      testId="detail-huge"
      raw={raw}
      note={
        pool &&
        (pool.total > 0
          ? t('memory:details.hugeNote', { count: pool.total, size: bytes(pool.pageBytes) })
          : t('memory:details.noPool'))
      }
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
