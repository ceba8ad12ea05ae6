import { RingBuffer } from '../../../shared/series/rings/ring-buffer.ts';
import { ringCapacity } from '../../../shared/series/rings/ring-set.ts';
import type { TableRow } from './table-row.ts';

/** Columns of the ring of one process. */
export const historyColumns = { cpu: 0, memory: 1 } as const;

/** What one process did since somebody began to look at it. */
export class ProcessHistory {
  readonly ring = new RingBuffer(ringCapacity, Object.keys(historyColumns).length);

  /**
   * Takes its row at `x` of the page's time axis; a gap once it is gone, and where something of the time since its last
   * row is unseen. The same x twice is one reading.
   */
  note(x: number, row: TableRow | undefined, isUnseenSince: (fromX: number) => boolean): void {
    if (Number.isNaN(x)) return;
    const { lastX } = this.ring;
    if (x > lastX && isUnseenSince(lastX)) this.ring.pushGap(lastX + 1);
    if (row) this.ring.push(x, [row.cpuShare ?? NaN, row.residentBytes]);
    else this.ring.pushGap(x);
  }
}
