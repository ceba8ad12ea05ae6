import { readFile, rm } from 'node:fs/promises';
import { expect } from '@playwright/test';
import type { ElectronApp } from '../fixtures/electron-app.ts';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Time on a core, in microseconds: that of a task that was interrupted by other programs is not counted. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** The longest task of the dashboard's own thread while `act` runs, in milliseconds on a core, from Chromium's own trace. */
export async function measureLongestTask(app: ElectronApp, act: () => Promise<void>): Promise<number> {
  const { application } = app;
  await application.evaluate(({ contentTracing }) =>
    contentTracing.startRecording({ included_categories: ['toplevel', '__metadata'] }),
  );
  await act();
  const [path, pagePid] = await application.evaluate(
    async ({ contentTracing, BrowserWindow }) =>
      [
        await contentTracing.stopRecording(),
        BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
      ] as const,
  );
  const { traceEvents } = JSON.parse(await readFile(path, 'utf8')) as { traceEvents: readonly TraceEvent[] };
  await rm(path, { force: true });
  const thread = traceEvents.find(
    ({ name, pid, args }) => name === 'thread_name' && pid === pagePid && args.name === 'CrRendererMain',
  );
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) =>
      ph === 'X' && name.endsWith('RunTask') && pid === pagePid && tid === thread?.tid,
  );
  expect(tasks.length).toBeGreaterThan(0);
  return Math.max(...tasks.map(({ tdur }) => (tdur ?? 0) / 1_000));
}
