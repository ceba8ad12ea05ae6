import { app, BrowserWindow, type ProcessMetric } from 'electron';
import type { CostRaw } from '../shared/series/raw/cost.ts';

type OwnProcess = CostRaw['processes'][number];
/** What is needed of Electron's account of one process. */
export type AppMetric = Pick<ProcessMetric, 'pid' | 'type' | 'name' | 'serviceName'> & {
  readonly cpu: Pick<ProcessMetric['cpu'], 'cumulativeCPUUsage'>;
  readonly memory: Pick<ProcessMetric['memory'], 'workingSetSize'>;
};

/** What Electron calls a process that draws pages. */
const pageType = 'Tab';

/** The app's processes as Electron counts them, this one included: windows, GPU, helpers of Chromium. */
export function readAppProcesses(): OwnProcess[] {
  const windows = BrowserWindow.getAllWindows()
    .filter((window) => !window.isDestroyed())
    .map(({ webContents }) => ({ pid: webContents.getOSProcessId(), url: webContents.getURL() }));
  return deriveAppProcesses(app.getAppMetrics(), windows);
}

/** Processes from Electron's metrics, those that draw named after the pages that they draw. */
export function deriveAppProcesses(
  metrics: readonly AppMetric[],
  windows: readonly { readonly pid: number; readonly url: string }[],
): OwnProcess[] {
  return metrics.map(({ pid, type, name, serviceName, cpu, memory }) => {
    const pages = windows.filter((window) => window.pid === pid).map(({ url }) => derivePageName(url));
    const seconds = cpu.cumulativeCPUUsage;
    return {
      pid,
      role: type === pageType ? 'window' : type.toLowerCase(),
      name: pages.join(', ') || name || serviceName || type,
      cpuMs: seconds === undefined ? null : Math.max(0, seconds * 1_000),
      residentBytes: memory.workingSetSize * 1_024,
    };
  });
}

/** What a user calls a page. */
function derivePageName(url: string): string {
  const file = /([^/]*)$/.exec(url.replace(/[?#].*$/s, ''))?.[1];
  if (file === 'index.html') return 'dashboard';
  return file === 'quick.html' ? 'quick view' : url;
}
