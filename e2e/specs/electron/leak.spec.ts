import { expect, test } from '../../fixtures/test.ts';
import { createToken, findFreePort, HostStream, pagesOf } from '../../models/host-stream.ts';
import { PageCycles } from '../../models/page-cycles.ts';

const cycles = 200;

test(`${cycles} cycles of open, reload, close and abort leave nothing behind`, async ({ startApp }) => {
  test.setTimeout(300_000);
  const port = await findFreePort();
  const app = await startApp({ args: ['--port', String(port)] });
  await app.firstWindow();
  const stream = await HostStream.open(port, await createToken(app.dataFolder, 'control'), ['diagnostics']);
  const pages = new PageCycles(app, ['close', 'reload', 'crash', 'destroy']);
  // What is made once and kept is there after the first few.
  await pages.run(8);
  const isSettled = (seen: Parameters<typeof pagesOf>[0]): boolean =>
    pagesOf(seen).length === 1 &&
    pagesOf(seen)[0]?.kind === 'window' &&
    pagesOf(seen)[0]?.state === 'live' &&
    !seen.services.some(({ name }) => name === 'warm start');
  const before = await stream.diagnosticsUntil(isSettled);
  const handlesBefore = await pages.countHandles();

  const leftovers: unknown[] = [];
  const watch = setInterval(() => {
    const section = stream.samples.at(-1)?.sections.diagnostics;
    if (section?.status !== 'ok') return;
    leftovers.push(...section.data.closed.filter(({ tasksLeft }) => tasksLeft > 0));
  }, 1_000);
  try {
    await pages.run(cycles);
  } finally {
    clearInterval(watch);
  }

  const after = await stream.diagnosticsUntil(isSettled);
  expect(leftovers).toEqual([]);
  expect(after.closed.length).toBeGreaterThanOrEqual(50);
  expect(after.closed.every(({ tasksLeft, notStopped }) => tasksLeft === 0 && notStopped.length === 0)).toBe(
    true,
  );
  const servicesOf = (seen: typeof after): string[] => seen.services.map(({ name }) => name).sort();
  expect(servicesOf(after)).toEqual(servicesOf(before));
  // A reading is under way now and then, and ends by itself.
  const tasksOf = (seen: typeof after): string[] =>
    seen.services
      .flatMap(({ tasks }) => tasks.map(({ name }) => name))
      .filter((name) => !name.startsWith('read '))
      .sort();
  expect(tasksOf(after)).toEqual(tasksOf(before));
  expect(await pages.countHandles()).toEqual(handlesBefore);
  for (const kind of ['TCPSocketWrap', 'TCPServerWrap', 'PipeWrap']) {
    expect([kind, after.process.activeResources[kind]]).toEqual([kind, before.process.activeResources[kind]]);
  }
  // The main process's timers: those of a second in which nothing happens, give or take one under way.
  const timersOf = (seen: typeof after): number => seen.process.activeResources['Timeout'] ?? 0;
  expect(timersOf(after)).toBeLessThanOrEqual(timersOf(before) + 2);
  await stream.close();
});
