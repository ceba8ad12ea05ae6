import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
  otherIdentity,
  ownIdentity,
  type TestIdentity,
} from '../../../src/client/node/testing/identities.ts';
import type { PairingOpened } from '../../../src/shared/protocol/index.ts';
import type { DiagnosticsRaw } from '../../../src/shared/series/raw/diagnostics.ts';
import type { ElectronApp } from '../../fixtures/electron-app.ts';
import { HeadlessHost } from '../../fixtures/headless-host.ts';
import { expect, test } from '../../fixtures/test.ts';
import { DashboardWindow, FiguresPage } from '../../models/dashboard-window.ts';
import { createToken, findFreePort, HostStream, pagesOf } from '../../models/host-stream.ts';

/** Comes to the form as its user does. */
async function openForm(app: ElectronApp): Promise<Page> {
  const { page } = await DashboardWindow.of(app);
  await app.application.evaluate(({ Menu }) => {
    const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'File');
    file?.submenu?.items.find(({ label }) => label === 'Watch another host…')?.click();
  });
  await expect(page.getByTestId('dashboard')).toHaveAttribute('data-page', 'sharing');
  await expect(page.getByTestId('watch-address')).toBeFocused();
  return page;
}

/** Has a host watched, and waits for its window. */
async function watch(app: ElectronApp, page: Page, url: string, code = ''): Promise<FiguresPage> {
  const coming = app.application.waitForEvent('window');
  await page.getByTestId('watch-address').fill(url);
  await page.getByTestId('watch-code').fill(code);
  await page.getByTestId('watch-submit').click();
  return new FiguresPage(await coming);
}

/** Closes a window as a person does. */
async function close(app: ElectronApp, page: Page): Promise<void> {
  const window = await app.application.browserWindow(page);
  const gone = page.waitForEvent('close');
  await window.evaluate((each: Electron.BrowserWindow) => each.close());
  await gone;
}

/** Connections of the app; those of a program bear the name of its token. */
function connectionsOf({ clients }: DiagnosticsRaw): DiagnosticsRaw['clients'] {
  return clients.filter(({ kind, name }) => kind === 'socket' && name !== 'test');
}

async function seqOf(page: Page): Promise<number> {
  return Number(await page.locator('#root').getAttribute('data-seq'));
}

async function expectGoingOn(page: Page): Promise<void> {
  const before = await seqOf(page);
  await expect.poll(() => seqOf(page)).toBeGreaterThan(before + 1);
}

async function openCode(stream: HostStream): Promise<string> {
  const answer = await stream.request('pairing.open', {});
  if (answer.type === 'error') throw new Error(answer.message);
  return (answer.value as PairingOpened).code;
}

test('two windows on another host share one connection, which ends with the last of them', async ({
  startApp,
  host,
}) => {
  const port = await findFreePort();
  const app = await startApp({ args: ['--port', String(port)] });
  const stream = await HostStream.open(host.port, await host.createToken('control'), ['diagnostics']);
  const own = await HostStream.open(port, await createToken(app.dataFolder, 'control'), ['diagnostics']);
  const page = await openForm(app);

  await page.getByTestId('watch-address').fill(host.url);
  await page.getByTestId('watch-submit').click();
  await expect(page.getByTestId('watch-outcome')).toContainText('Enter the code');
  await expect(page.getByTestId('watch-code')).toBeFocused();

  const one = await watch(app, page, host.url, host.pairingCode);
  await expect(page.getByTestId('watch-code')).toHaveValue('');
  // From now on it takes no code.
  const two = await watch(app, page, host.url);
  await Promise.all([one.expectLive(), two.expectLive()]);
  const window = await app.application.browserWindow(one.page);
  await expect
    .poll(() => window.evaluate((each: Electron.BrowserWindow) => each.getTitle()))
    .toBe(`${hostname()} — Pulsewire`);

  await stream.diagnosticsUntil((seen) => connectionsOf(seen).length === 1);
  await Promise.all([expectGoingOn(one.page), expectGoingOn(two.page)]);
  const there = await stream.diagnosticsUntil(() => true);
  expect(connectionsOf(there)).toMatchObject([{ scope: 'view', state: 'live' }]);
  const counts = stream.samples.flatMap(({ sections: { diagnostics } }) =>
    diagnostics?.status === 'ok' ? [connectionsOf(diagnostics.data).length] : [],
  );
  expect(Math.max(...counts)).toBe(1);
  // Nor are they windows on this machine.
  expect(pagesOf(await own.diagnosticsUntil(() => true))).toHaveLength(1);

  const folder = join(app.dataFolder, 'hosts');
  const files = await readdir(folder);
  expect(files).toHaveLength(1);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, files[0]!))).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(join(folder, files[0]!), 'utf8'))).toMatchObject({ fingerprint: null });

  await close(app, one.page);
  await expectGoingOn(two.page);
  expect(connectionsOf(await stream.diagnosticsUntil(() => true))).toHaveLength(1);
  await close(app, two.page);
  await stream.diagnosticsUntil((seen) => connectionsOf(seen).length === 0, 2_500);
  await expectGoingOn(page);
  await Promise.all([stream.close(), own.close()]);
});

test('the page of another host has no other watched, and quitting ends its connection', async ({
  startApp,
  host,
}) => {
  const app = await startApp();
  const stream = await HostStream.open(host.port, await host.createToken('control'), ['diagnostics']);
  const { page } = await watch(app, await openForm(app), host.url, host.pairingCode);
  await stream.diagnosticsUntil((seen) => connectionsOf(seen).length === 1);
  const answers = await page.evaluate(async (url) => {
    const bridge = (globalThis as unknown as { pulsewire: { invoke(...all: unknown[]): Promise<unknown> } })
      .pulsewire;
    const info = (await bridge.invoke('appInfo')) as { mayWatchHosts: boolean };
    const watched = await bridge.invoke('watchHost', { url }).then(
      () => 'watched',
      () => 'refused',
    );
    return [info.mayWatchHosts, watched];
  }, host.url);
  expect(answers).toEqual([false, 'refused']);
  const preferences = await app.application.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      // Not in the public types; what the window really got, not what was asked for.
      const contents = webContents as unknown as { getLastWebPreferences(): Record<string, unknown> | null };
      const given = contents.getLastWebPreferences();
      return [given?.['sandbox'], given?.['contextIsolation'], given?.['nodeIntegration']];
    }),
  );
  expect(preferences).toEqual([
    [true, true, false],
    [true, true, false],
  ]);
  expect(app.application.windows()).toHaveLength(2);
  await app.close();
  await stream.diagnosticsUntil((seen) => connectionsOf(seen).length === 0, 2_500);
  await stream.close();
});

test('a window says that its host is gone or has sent the app away, and comes back with it', async ({
  app,
  startHost,
}) => {
  const host = await startHost();
  const page = await openForm(app);
  const one = await watch(app, page, host.url, host.pairingCode);
  await one.expectLive();
  const state = one.page.getByTestId('connection-state');

  await host.kill();
  await expect(state).toHaveAttribute('data-phase', /stale|backoff/);
  await using again = await startAgain(host);
  await expect(state).toHaveAttribute('data-phase', 'live', { timeout: 20_000 });

  await again.host.revokeAll();
  await expect(state).toHaveAttribute('data-phase', 'closed');
  await expect(one.page.getByTestId('connection-banner')).toContainText('ended this device');
  const admin = await HostStream.open(again.host.port, await again.host.createToken('admin'), ['memory']);
  const two = await watch(app, page, host.url, await openCode(admin));
  await Promise.all([one.expectLive(), two.expectLive()]);
  await admin.close();
});

async function startAgain({ port, dataFolder }: HeadlessHost) {
  const host = await HeadlessHost.start({ port, dataFolder });
  return { host, [Symbol.asyncDispose]: () => host.dispose() };
}

test('both screens show the same digits while the other host’s user is asked, and it can be taken back', async ({
  startApp,
}) => {
  const port = await findFreePort();
  const [watching, watched] = [await startApp(), await startApp({ args: ['--port', String(port)] })];
  const { page: other } = await DashboardWindow.of(watched);
  await other.evaluate(() => (location.hash = '#sharing'));
  const page = await openForm(watching);
  const ask = async (): Promise<string> => {
    await other.getByTestId('new-code').click();
    const code = (await other.getByTestId('pairing-live-code').textContent()) ?? '';
    await page.getByTestId('watch-address').fill(`127.0.0.1:${port}`);
    await page.getByTestId('watch-code').fill(code);
    await page.getByTestId('watch-submit').click();
    const key = (await page.getByTestId('watch-waiting').getByTestId('pairing-key').textContent()) ?? '';
    expect(key).toMatch(/^\d{3} \d{3}$/);
    await expect(other.getByTestId('admit-key')).toHaveText(key);
    return key;
  };

  await ask();
  await page.getByTestId('pairing-cancel').click();
  await expect(page.getByTestId('watch-waiting')).toHaveCount(0);
  await other.getByTestId('admit-close').click();
  expect(watching.application.windows()).toHaveLength(1);

  const coming = watching.application.waitForEvent('window');
  await ask();
  await other.getByTestId('admit-allow').click();
  await new FiguresPage(await coming).expectLive();
});

/** Takes every code, and is no more of a host than that. */
async function startPairing(
  identity: TestIdentity,
  port = 0,
): Promise<{ server: Server; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer(identity, (request, response) => {
    requests.push(request.url ?? '');
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ token: 'token', scope: 'view', expiresAt: '2030-01-01T00:00:00Z' }));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { server, requests };
}

async function endPairing(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

test('a host with another certificate than before gets nothing until its user has compared it', async ({
  app,
}) => {
  const first = await startPairing(ownIdentity);
  const { port } = first.server.address() as AddressInfo;
  const url = `https://127.0.0.1:${port}`;
  const page = await openForm(app);
  const window = await watch(app, page, url, 'BCDF-GHJK');
  await close(app, window.page);
  expect(first.requests).toContain('/v1/pair');
  await endPairing(first.server);

  const { server, requests } = await startPairing(otherIdentity, port);
  await page.getByTestId('watch-code').fill('BCDF-GHJK');
  await page.getByTestId('watch-submit').click();
  const notice = page.getByTestId('other-certificate');
  await expect(notice).toContainText('another certificate');
  await expect(notice.locator('.fingerprint')).toHaveCount(2);
  await expect(notice.locator('.fingerprint').first()).toHaveText(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  expect(requests).toEqual([]);
  expect(app.application.windows()).toHaveLength(1);

  const coming = app.application.waitForEvent('window');
  await page.getByTestId('accept-certificate').click();
  await close(app, await coming);
  expect(requests).toContain('/v1/pair');
  await expect(notice).toHaveCount(0);
  await endPairing(server);
});
