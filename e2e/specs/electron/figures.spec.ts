import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '../../fixtures/test.ts';
import { DashboardWindow } from '../../models/dashboard-window.ts';
import {
  deriveUsed,
  parseDuration,
  readCpuTicks,
  readMemory,
  readUptimeSeconds,
  readUsedMemory,
  type CpuTicks,
} from '../../models/proc.ts';

/** The promise is 1.5 s; the rest is for Playwright, which starts with the app, and for a machine with two cores. */
const startLimitMs = 3_000;

test('the window shows live figures soon after the start', async ({ startApp }) => {
  const app = await startApp();
  const startedMs = await app.application.evaluate(() => process.getCreationTime());
  const dashboard = await DashboardWindow.of(app);
  await expect.poll(() => dashboard.showsLiveFigures(), { intervals: [20] }).toBe(true);
  const tookMs = Math.round(Date.now() - (startedMs ?? 0));
  test.info().annotations.push({ type: 'live figures after', description: `${tookMs} ms` });
  expect(tookMs).toBeLessThan(startLimitMs);
});

test('memory and uptime on screen are those of /proc', async ({ app }) => {
  const dashboard = await DashboardWindow.of(app);
  await dashboard.expectLive();
  const total = readMemory('MemTotal');
  await expect
    .poll(async () => Math.abs((await dashboard.figure('memory-used')) - readUsedMemory()) / total)
    .toBeLessThan(0.01);
  await expect
    .poll(
      async () => Math.abs((await dashboard.figure('memory-available')) - readMemory('MemAvailable')) / total,
    )
    .toBeLessThan(0.01);
  // The two largest parts are shown: minutes, once the machine is up for an hour.
  const resolution = readUptimeSeconds() > 86_400 ? 3_700 : 75;
  await expect
    .poll(async () => Math.abs(parseDuration(await dashboard.text('host-uptime')) - readUptimeSeconds()))
    .toBeLessThan(resolution);
});

test('under a busy loop the processor on screen agrees with /proc/stat over the same seconds', async ({
  app,
}) => {
  const dashboard = await DashboardWindow.of(app);
  await dashboard.expectLive();
  const busy = spawn(process.execPath, ['-e', 'const end = Date.now() + 9000; while (Date.now() < end);']);
  try {
    await delay(1_500);
    const marks: { atMs: number; ticks: CpuTicks; shown: number }[] = [];
    let last = await dashboard.figure('cpu-total');
    // Both are read as the figure on screen changes, so that both are about the same time.
    while (marks.length < 6) {
      const shown = await dashboard.figure('cpu-total');
      if (shown !== last) marks.push({ atMs: performance.now(), ticks: readCpuTicks(), shown });
      last = shown;
      await delay(20);
    }
    // Two readings of the same figure look like one that took twice as long: those say nothing of a second.
    const apart = marks.slice(1).flatMap((mark, at) => {
      const before = marks[at]!;
      return mark.atMs - before.atMs > 1_500 ? [] : [mark.shown - deriveUsed(before.ticks, mark.ticks)];
    });
    expect(apart.length).toBeGreaterThanOrEqual(3);
    expect(Math.abs(apart.reduce((sum, each) => sum + each) / apart.length)).toBeLessThan(0.03);
  } finally {
    busy.kill('SIGKILL');
  }
});
