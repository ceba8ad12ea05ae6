import { rm } from 'node:fs/promises';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import type { DevTools } from './devtools.ts';
import { createDataFolder, MeasuredApp } from './measured-app.ts';
import { round3, roundSpread } from './rounds.ts';
import { deriveSpread, type Spread } from './statistics.ts';

type Env = NodeJS.ProcessEnv;
type Log = (line: string) => void;

/** Resolves, in a page, with the wall time of the frame in which a figure is there. */
const untilDrawn = `new Promise((drawn) => {
  const look = () => {
    const known = [...document.querySelectorAll('[data-value]')].some(({ dataset }) => dataset.value !== '');
    if (!known) return requestAnimationFrame(look);
    // The frame is drawn once its callbacks have run; what is posted from one comes after.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => drawn(Date.now());
      port2.postMessage(null);
    });
  };
  look();
})`;

/** Asked of a page that may be about to load: what it had before goes, and with it the question, which is asked anew. */
async function readDrawn(page: DevTools): Promise<number> {
  for (;;) {
    try {
      return await page.evaluate<number>(untilDrawn);
    } catch (thrown) {
      if (!/context was destroyed|Cannot find default execution context/.test(String(thrown))) throw thrown;
    }
  }
}

/** From the start of the process to the first figures of the dashboard on the screen. */
export async function measureFirstSample(env: Env, rounds: number, log: Log): Promise<Spread> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const app = await MeasuredApp.start([], env, true);
    try {
      const page = await app.page(/index\.html(#.*)?$/);
      times.push((await readDrawn(page)) - app.startedWallMs);
      page.close();
    } finally {
      await app.end();
    }
  }
  log(`first sample drawn after ${times.map(Math.round).join(', ')} ms`);
  return roundSpread(deriveSpread(times));
}

/** The engine keeps what it has compiled from the second time on. */
const roundsUntilCompiled = 2;

/**
 * As the tray's click and a second start do it: from the call in the app's process to figures on the screen. Each round is the
 * first opening of an app that waits in the tray (`cold`), and one of a quick view that is kept (`warm`); all of one installation,
 * whose first time ever (`firstEver`) has nothing compiled.
 */
export async function measureQuickView(
  env: Env,
  rounds: number,
  log: Log,
): Promise<{ firstEver: number; cold: Spread; warm: Spread }> {
  const cold: number[] = [];
  const warm: number[] = [];
  const folder = await createDataFolder();
  try {
    for (let round = 0; round < roundsUntilCompiled + rounds; round++) {
      const app = await MeasuredApp.start(['--hidden'], env, true, folder);
      try {
        const main = await app.main();
        // Node must be whole before it is asked anything, and the app at rest.
        await systemClock.sleep(5_000);
        cold.push(await main.evaluate<number>(openCold));
        await systemClock.sleep(2_500);
        await main.evaluate(hide);
        await systemClock.sleep(2_500);
        warm.push(await main.evaluate<number>(openWarm));
        main.close();
      } finally {
        await app.end();
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const [firstEver = NaN] = cold.splice(0, roundsUntilCompiled);
  warm.splice(0, roundsUntilCompiled);
  log(
    `quick view after ${Math.round(firstEver)} ms the first time ever, ${cold.map(Math.round).join(', ')} ms cold, ${warm.map(Math.round).join(', ')} ms warm`,
  );
  return {
    firstEver: Math.round(firstEver),
    cold: roundSpread(deriveSpread(cold)),
    warm: roundSpread(deriveSpread(warm)),
  };
}

/** In the app's own process: runs `act` with what it needs, which the console's `require` gives at once only. */
function inApp(act: string): string {
  return `(() => {
    const { app, BrowserWindow } = require('electron');
    const probe = ${JSON.stringify(untilDrawn)};
    const open = () => app.emit('second-instance', {}, [], '', { view: 'quick', link: null });
    const find = () => BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().includes('quick.html'));
    return new Promise((done, fail) => { ${act} });
  })()`;
}
const openCold = inApp(`
  app.once('web-contents-created', (_event, contents) =>
    contents.once('dom-ready', () => contents.executeJavaScript(probe).then((atMs) => done(atMs - startMs), fail)));
  const startMs = Date.now();
  open();`);
/** The page is asked first, so that it looks at its first frame once it is shown: hidden, it has none. */
const openWarm = inApp(`
  let startMs = 0;
  find().webContents.executeJavaScript(probe).then((atMs) => done(atMs - startMs), fail);
  setTimeout(() => { startMs = Date.now(); open(); }, 300);`);
const hide = inApp(`find().hide(); done(null);`);

/** Tasks of the dashboard's own thread over 50 ms, while it is watched at 1 Hz. */
export async function measureLongTasks(
  env: Env,
  minutes: number,
  log: Log,
): Promise<{ minutes: number; over50Ms: number; longestMs: number; firstSeconds: number[] }> {
  const app = await MeasuredApp.start([], env, true);
  try {
    const page = await app.page(/index\.html(#.*)?$/);
    await readDrawn(page);
    await page.evaluate(`void (globalThis.longTasks = [], new PerformanceObserver((list) =>
      globalThis.longTasks.push(...list.getEntries().map(({ startTime, duration }) => [startTime, duration]))
    ).observe({ type: 'longtask', buffered: true }))`);
    const beganMs = await page.evaluate<number>('performance.now()');
    await systemClock.sleep(minutes * 60_000);
    const tasks = await page.evaluate<[number, number][]>('globalThis.longTasks');
    page.close();
    // What it takes to start is told apart: it is before anything is watched.
    const later = tasks.filter(([startMs]) => startMs >= beganMs).map(([, durationMs]) => durationMs);
    const starting = tasks.filter(([startMs]) => startMs < beganMs).map(([, durationMs]) => durationMs);
    log(
      `${later.length} tasks over 50 ms in ${minutes} min: ${later.join(', ')}; while starting: ${starting.join(', ')}`,
    );
    return { minutes, over50Ms: later.length, longestMs: Math.max(0, ...later), firstSeconds: starting };
  } finally {
    await app.end();
  }
}

/** How the dashboard's heap grows over an hour of a replay at sixty times the speed, after collections of garbage. */
export async function measureHeap(
  env: Env,
  recording: string,
  log: Log,
): Promise<{ usedMb: number[]; mbPerHour: number; mbPerSecondHalf: number }> {
  const app = await MeasuredApp.start(['--replay', recording, '--speed', '60'], env, true);
  try {
    const page = await app.page(/index\.html(#.*)?$/);
    await readDrawn(page);
    // Two of its minutes, so that all is loaded, and compiled.
    await systemClock.sleep(2_000);
    const usedMb = [await readHeapMb(page)];
    for (let quarter = 0; quarter < 4; quarter++) {
      await systemClock.sleep(15_000);
      usedMb.push(await readHeapMb(page));
    }
    page.close();
    const [first = 0, , middle = 0, , last = 0] = usedMb;
    log(`heap at the start and each quarter of an hour: ${usedMb.join(', ')} MB`);
    return { usedMb, mbPerHour: round3(last - first), mbPerSecondHalf: round3(last - middle) };
  } finally {
    await app.end();
  }
}

async function readHeapMb(page: DevTools): Promise<number> {
  for (let pass = 0; pass < 2; pass++) await page.send('HeapProfiler.collectGarbage');
  const { usedSize } = await page.send<{ usedSize: number }>('Runtime.getHeapUsage');
  return round3(usedSize / 2 ** 20);
}
