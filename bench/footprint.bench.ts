import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { TrayHost } from '../e2e/models/tray-host.ts';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import { measureAppCost, type AppCost } from './app-cost.ts';
import { MeasuredApp } from './measured-app.ts';
import { measureFirstSample, measureHeap, measureLongTasks, measureQuickView } from './page-measures.ts';

export const description =
  'the app in the tray, with its quick view, with its dashboard: memory, time, smoothness';

/**
 * From the start of an app until it does only what it does every second, most of it compiled: what runs once a second is
 * compiled over minutes, which takes a quarter of the time of the first.
 */
const settleMs = 60_000;
const recording = join(process.cwd(), 'e2e', 'recordings', 'workbench.recording');
const parts = ['cost', 'start', 'quick', 'tasks', 'heap'] as const;

/**
 * `--seconds N`: for how long each cost is measured (60). `--minutes N`: for how long long tasks are looked for (10).
 * `--rounds N` of each time (5). `--only cost,start,quick,tasks,heap`.
 */
export async function run({ args }: { args: string[] }): Promise<{
  figures: Record<string, unknown>;
  baseline: Record<string, unknown>;
}> {
  const seconds = readNumber(args, '--seconds', 60);
  const minutes = readNumber(args, '--minutes', 10);
  const rounds = readNumber(args, '--rounds', 5);
  const at = args.indexOf('--only');
  const only: readonly string[] = at < 0 ? parts : (args[at + 1] ?? '').split(',');
  const log = (line: string): void => void process.stderr.write(`footprint: ${line}\n`);
  const screen = await openScreen();
  await using tray = await TrayHost.start();
  const env = { DISPLAY: screen.display, DBUS_SESSION_BUS_ADDRESS: tray.address };
  const cost = async (name: string, start: () => Promise<MeasuredApp>): Promise<AppCost> => {
    const app = await start();
    try {
      await systemClock.sleep(settleMs);
      const measured = await measureAppCost(app.pid, seconds);
      log(`${name}: ${measured.cpuPercentOfCore} % of a core, ${measured.pssMb} MB`);
      return measured;
    } finally {
      await app.end();
    }
  };
  const own =
    (...more: string[]) =>
    () =>
      MeasuredApp.start(more, env);
  try {
    const figures: Record<string, unknown> = {};
    const baseline: Record<string, unknown> = {};
    if (only.includes('cost')) {
      const empty = await cost('empty app', () => MeasuredApp.startEmpty(false, env));
      const hidden = await cost('in the tray', own('--hidden'));
      const quickView = await cost('quick view', own('--quick'));
      const dashboard = await cost('dashboard', own());
      const emptyWindow = await cost('empty window', () => MeasuredApp.startEmpty(true, env));
      Object.assign(figures, { hidden, hiddenOverEmptyMb: hidden.pssMb - empty.pssMb, quickView, dashboard });
      Object.assign(baseline, { empty, emptyWindow, secondsEach: seconds });
    }
    if (only.includes('start')) figures['firstSampleDrawnMs'] = await measureFirstSample(env, rounds, log);
    if (only.includes('quick')) figures['quickViewMs'] = await measureQuickView(env, rounds, log);
    if (only.includes('tasks')) figures['longTasks'] = await measureLongTasks(env, minutes, log);
    if (only.includes('heap')) figures['heap'] = await measureHeap(env, recording, log);
    return { figures, baseline };
  } finally {
    await screen.end();
  }
}

function readNumber(args: readonly string[], name: string, byDefault: number): number {
  const at = args.indexOf(name);
  const value = at < 0 ? byDefault : Number(args[at + 1]);
  if (!(value > 0)) throw new Error(`${name} wants a number over 0.`);
  return value;
}

/** A screen of its own, without a graphics card: drawing counts as processor time of the GPU process. */
async function openScreen(): Promise<{ display: string; end: () => Promise<void> }> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const ended = once(server, 'close');
  const [line] = (await once(server.stdio[3]!, 'data')) as [Buffer];
  return {
    display: `:${line.toString().trim()}`,
    end: async () => {
      server.kill('SIGTERM');
      await ended;
    },
  };
}
