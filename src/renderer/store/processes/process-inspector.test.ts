import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../shared/lifecycle/fake-clock.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { ProcessDetails } from '../../../shared/series/raw/process.ts';
import { ProcessInspector } from './process-inspector.ts';

const details: ProcessDetails = {
  pid: 7, startTicks: 70, name: 'web', command: ['web', '-x'], executable: null, workingFolder: null, cgroup: null,
  user: 'ann', threadCount: 1, nice: 0, residentBytes: 1, proportionalBytes: null, swappedBytes: null,
  virtualBytes: null, readBytes: null, writtenBytes: null, voluntarySwitches: null, involuntarySwitches: null,
  openFileCount: null, openFileLimit: null,
  openFiles: { status: 'needsPermission', message: 'Not yours.', remedy: 'Run it as ann.' },
  sockets: { status: 'ok', entries: [], truncated: false },
  environment: { status: 'unsupported', message: 'There is none.' },
}; // prettier-ignore

function build(answers: readonly unknown[]) {
  const clock = new FakeClock();
  const asked: unknown[] = [];
  const inspector = new ProcessInspector({
    clock,
    process: { pid: 7, startTicks: 70 },
    request: async (method, params) => {
      asked.push([method, params]);
      const answer = answers[asked.length - 1];
      if (answer instanceof MonitorError) throw answer;
      return answer;
    },
  });
  const stop = inspector.onInspection(() => undefined);
  return { clock, asked, inspector, stop };
}

describe('ProcessInspector', () => {
  it('asks at once and every few seconds, for the process with its start', async () => {
    const { clock, asked, inspector, stop } = build([details, { ...details, threadCount: 2 }]);
    await clock.advance(0);
    expect(asked).toEqual([['process.inspect', { pid: 7, startTicks: 70 }]]);
    expect(inspector.inspection()).toEqual({ details, error: null });
    await clock.advance(3_000);
    expect(inspector.inspection().details?.threadCount).toBe(2);
    stop();
    await clock.advance(60_000);
    expect(asked).toHaveLength(2);
    expect(clock.sleeping).toBe(0);
  });

  it('keeps what it knew when the process is gone, and asks no more', async () => {
    const { clock, asked, inspector } = build([details, new MonitorError('notFound', 'Gone.')]);
    await clock.advance(60_000);
    expect(asked).toHaveLength(2);
    expect(inspector.inspection()).toMatchObject({ details: { pid: 7 }, error: { code: 'notFound' } });
    expect(clock.sleeping).toBe(0);
  });

  it('goes on after a connection that was lost', async () => {
    const { clock, inspector, stop } = build([new MonitorError('unavailable', 'Lost.'), details]);
    await clock.advance(0);
    expect(inspector.inspection()).toMatchObject({ details: null, error: { code: 'unavailable' } });
    await clock.advance(3_000);
    expect(inspector.inspection()).toEqual({ details, error: null });
    stop();
  });

  it('shows nothing of an answer that is no answer', async () => {
    const { clock, inspector, stop } = build([{ pid: 'seven' }]);
    await clock.advance(0);
    expect(inspector.inspection()).toMatchObject({ details: null, error: { code: 'invalidMessage' } });
    stop();
  });
});
