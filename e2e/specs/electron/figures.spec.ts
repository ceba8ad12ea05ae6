import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '../../fixtures/test.ts';
import { DashboardWindow } from '../../models/dashboard-window.ts';
import { deriveUsed, readCpuTicks, readMemory, readUptimeSeconds, type CpuTicks } from '../../models/proc.ts';

test('the window shows live figures soon after the start', async ({ startApp }) => {
  const app = await startApp();
  const dashboard = await DashboardWindow.of(app);
  await dashboard.expectLive();
  expect(await dashboard.figure('memory-total')).toBe(readMemory('MemTotal'));
});

test('memory and uptime on screen are those of /proc', async ({ app }) => {
  const dashboard = await DashboardWindow.of(app);
  await dashboard.expectLive();
  await expect
    .poll(async () => {
      const used = readMemory('MemTotal') - readMemory('MemAvailable');
      return Math.abs((await dashboard.figure('memory-used')) - used) / readMemory('MemTotal');
    })
    .toBeLessThan(0.02);
  await expect
    .poll(async () => Math.abs((await dashboard.figure('uptime')) - readUptimeSeconds()))
    .toBeLessThan(30);
});

test('under a busy loop the processor on screen agrees with /proc/stat over the same seconds', async ({ app }) => {
  const dashboard = await DashboardWindow.of(app);
  await dashboard.expectLive();
  const busy = spawn(process.execPath, ['-e', 'const end = Date.now() + 9000; while (Date.now() < end);']);
  try {
    await delay(1_500);
    const marks: { ticks: CpuTicks; shown: number }[] = [];
    let last = await dashboard.figure('cpu-total');
    // Both are read as the figure on screen changes, so that both are about the same time.
    while (marks.length < 6) {
      const shown = await dashboard.figure('cpu-total');
      if (shown !== last) marks.push({ ticks: readCpuTicks(), shown });
      last = shown;
      await delay(20);
    }
    const [first, ...rest] = marks;
    const final = rest.at(-1);
    if (!first || !final) throw new Error('The figure did not change.');
    const shown = rest.reduce((sum, mark) => sum + mark.shown, 0) / rest.length;
    expect(Math.abs(shown - deriveUsed(first.ticks, final.ticks))).toBeLessThan(0.03);
  } finally {
    busy.kill('SIGKILL');
  }
});
