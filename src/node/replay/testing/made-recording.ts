import { unknownCpu } from '../../../shared/series/raw/cpu.ts';
import { unknownMemory } from '../../../shared/series/raw/memory.ts';
import { noCpuTimes } from '../../../shared/series/no-cpu-times.ts';
import type { Recording } from '../recording.ts';

/** A recording of so many seconds whose every reading is another: the count of forks is the second it was read in. */
export function makeRecording(seconds: number): Recording {
  return {
    header: {
      format: 'pulsewire-recording',
      version: 1,
      host: { name: 'workbench', platform: 'linux', version: '1' },
      startedWallMs: Date.UTC(2026, 4, 1),
      scrubbed: false,
    },
    frames: Array.from({ length: seconds + 1 }, (_, second) => ({
      // As real ones are: a little late.
      ms: second * 1_000 + (second % 3),
      sections: {
        cpu: {
          status: 'ok',
          readMs: second * 1_000,
          data: { ...unknownCpu, ticksPerSecond: 100, total: { ...noCpuTimes, user: second }, cores: [], forks: second },
        }, // prettier-ignore
        // Read every other second alone.
        ...(second % 2 === 0 && {
          memory: {
            status: 'ok',
            readMs: second * 1_000,
            data: { ...unknownMemory, totalBytes: 1_000, freeBytes: second, availableBytes: second, buffersBytes: 0, cachedBytes: 0, swapTotalBytes: 0, swapFreeBytes: 0 },
          }, // prettier-ignore
        }),
        gpu: { status: 'unsupported', message: 'There is none.' },
      },
    })),
  };
}
