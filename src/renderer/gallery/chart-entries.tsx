import { useState, type ComponentType, type ReactNode } from 'react';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { unknownMemory } from '../../shared/series/raw/memory.ts';
import type { Discontinuity, Section } from '../../shared/series/sample.ts';
import type { MemoryRaw } from '../../shared/series/raw/memory.ts';
import { formatBytes } from '../../shared/series/units.ts';
import { formatTick } from '../charts/format-tick.ts';
import { memorySeries } from '../charts/subject-series.ts';
import { TimeChart } from '../charts/time-chart.tsx';
import { Session } from '../session.ts';
import { SessionContext } from '../session-context.ts';

const gib = 2 ** 30;
const chartStates = ['live', 'paused', 'gap', 'slept', 'stale', 'empty'] as const;
type ChartState = (typeof chartStates)[number];

/** A minute of a memory that breathes, seen by a session that is never connected. */
function createSession(state: ChartState): Session {
  const session = new Session({
    clock: systemClock,
    clientName: 'Gallery',
    connect: () => Promise.reject(new Error('The gallery has no host.')),
  });
  if (state === 'empty') return session;
  const beginMs = Date.UTC(2026, 0, 1, 12);
  for (let second = 0; second < 75; second++) {
    const isMissing = state === 'gap' && second > 35 && second < 48;
    const discontinuity: Discontinuity | undefined = state === 'slept' && second === 40 ? 'slept' : undefined;
    const sleptMs = state === 'slept' && second >= 40 ? 14_000 : 0;
    session.store.apply({
      seq: second + 1,
      wallMs: beginMs + second * 1_000 + sleptMs,
      monotonicMs: second * 1_000,
      ...(discontinuity && { discontinuity }),
      sections: {
        memory: isMissing ? { status: 'failed', code: 'EIO', message: 'No reading' } : readMemory(second),
      },
    });
  }
  if (state === 'paused') session.timeView.pause(session.store.nowX - 10_000);
  return session;
}

function readMemory(second: number): Section<MemoryRaw> {
  return {
    status: 'ok',
    readMs: second * 1_000,
    data: {
      ...unknownMemory,
      totalBytes: 32 * gib,
      freeBytes: 4 * gib,
      availableBytes: (18 + 4 * Math.sin(second / 9)) * gib,
      buffersBytes: 0.6 * gib,
      cachedBytes: 9 * gib,
      swapTotalBytes: 0,
      swapFreeBytes: 0,
    },
  };
}

function Chart({ state }: { readonly state: ChartState }): ReactNode {
  const [session] = useState(() => createSession(state));
  return (
    <SessionContext value={session}>
      <div className={state === 'stale' ? 'gallery__chart is-stale' : 'gallery__chart'}>
        <p>{state}</p>
        <TimeChart
          label={`Memory, ${state}`}
          size="large"
          ringKey="memory"
          series={memorySeries}
          stacked
          max={32 * gib}
          measure="bytes"
          formatTick={(bytes) => formatTick(formatBytes(bytes))}
        />
      </div>
    </SessionContext>
  );
}

/** A chart in each of its states. */
export const chartEntries: Readonly<Record<string, ComponentType>> = {
  'time-chart': () => chartStates.map((state) => <Chart key={state} state={state} />),
};
