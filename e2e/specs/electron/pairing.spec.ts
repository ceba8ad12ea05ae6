import { once } from 'node:events';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import WebSocket from 'ws';
import { TokenStore } from '../../../src/node/server/token-store.ts';
import { systemClock } from '../../../src/shared/lifecycle/system-clock.ts';
import { defaultLimits, type PairingOpened, type ServerMessage } from '../../../src/shared/protocol/index.ts';
import type { ElectronApp } from '../../fixtures/electron-app.ts';
import { expect, test } from '../../fixtures/test.ts';
import { DashboardWindow, findPage } from '../../models/dashboard-window.ts';
import { findFreePort } from '../../models/host-stream.ts';

/** A device that asks to be paired; resolves once it is answered. */
function ask(url: string, code: string): Promise<Response> {
  return fetch(`${url}/v1/pair`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, name: 'test phone', key: '048213' }),
  });
}

function chooseShare(app: ElectronApp): Promise<void> {
  return app.application.evaluate(({ Menu }) => {
    const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'File');
    file?.submenu?.items.find(({ label }) => label === 'Share…')?.click();
  });
}

async function showCode(page: Page): Promise<{ url: string; code: string }> {
  await page.getByTestId('new-code').click();
  const code = (await page.getByTestId('pairing-live-code').textContent()) ?? '';
  const text = (await page.getByTestId('card-pairing').textContent()) ?? '';
  return { code, url: /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? '' };
}

test('the menu leads to the page of sharing, and a device with the code waits until its user lets it in', async ({
  app,
}) => {
  const { page } = await DashboardWindow.of(app);
  await expect(page.getByTestId('dashboard')).toHaveAttribute('data-page', 'overview');
  await chooseShare(app);
  await expect(page.getByTestId('dashboard')).toHaveAttribute('data-page', 'sharing');
  const { url, code } = await showCode(page);

  const asked = ask(url, code);
  const dialog = page.getByTestId('admit-dialog');
  await expect(dialog).toContainText('test phone');
  await expect(dialog).toContainText('048 213');
  await dialog.getByRole('button', { name: 'Allow' }).click();
  const paired = await asked;
  expect(paired.status).toBe(200);
  const { token, scope } = (await paired.json()) as { token: string; scope: string };
  expect(scope).toBe('view');
  const info = await fetch(`${url}/v1/info`, { headers: { authorization: `Bearer ${token}` } });
  expect(await info.json()).toMatchObject({ scope: 'view' });
  expect((await ask(url, code)).status).toBe(401);
});

test('a device that is turned away gets nothing', async ({ app }) => {
  const { page } = await DashboardWindow.of(app);
  await chooseShare(app);
  const { url, code } = await showCode(page);
  const asked = ask(url, code);
  await page.getByTestId('admit-dialog').getByRole('button', { name: 'Refuse' }).click();
  expect((await asked).status).toBe(403);
});

interface Shown {
  title: string;
  body: string;
}

test('without a window a device that asks is told of by the desktop, and a dashboard comes up with the question', async ({
  startApp,
}) => {
  const port = await findFreePort();
  const app = await startApp({ args: ['--hidden', '--port', String(port)] });
  const url = `http://127.0.0.1:${port}`;
  await expect
    .poll(() =>
      fetch(`${url}/healthz`).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200);
  expect(app.application.windows()).toHaveLength(0);
  await app.application.evaluate(({ Notification }) => {
    const shown: { title: string; body: string; click(): void }[] = [];
    Object.assign(globalThis, { shown });
    Notification.isSupported = () => true;
    Notification.prototype.show = function (this: Electron.Notification) {
      shown.push({ title: this.title, body: this.body, click: () => void this.emit('click') });
    };
  });

  const asked = ask(url, await openCode(app, url));
  const page = await findPage(app, 'index.html');
  await expect(page.getByTestId('dashboard')).toHaveAttribute('data-page', 'sharing');
  const shown = await app.application.evaluate(() =>
    (globalThis as unknown as { shown: Shown[] }).shown.map(({ title, body }) => ({ title, body })),
  );
  expect(shown).toEqual([
    {
      title: 'A device asks to watch this machine',
      body: '“test phone” at 127.0.0.1, and shows 048 213. Let it in or turn it away in Pulsewire.',
    },
  ]);
  await page.evaluate(() => (location.hash = '#memory'));
  await app.application.evaluate(() =>
    (globalThis as unknown as { shown: { click(): void }[] }).shown[0]?.click(),
  );
  await expect(page.getByTestId('dashboard')).toHaveAttribute('data-page', 'sharing');
  await page.getByTestId('admit-dialog').getByRole('button', { name: 'Allow' }).click();
  expect((await asked).status).toBe(200);
});

/** A code, as another device of scope admin asks for one. */
async function openCode(app: ElectronApp, url: string): Promise<string> {
  const folder = join(app.dataFolder, 'tokens');
  const tokens = new TokenStore({ folder, clock: systemClock, limits: defaultLimits, log: () => undefined });
  const { token } = await tokens.create({ name: 'tablet', scope: 'admin' });
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/stream`, 'pulsewire.v1.json');
  await once(socket, 'open');
  const send = (message: object): void => socket.send(JSON.stringify(message));
  const value = new Promise<PairingOpened>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as ServerMessage;
      if (message.type === 'result') resolve(message.value as PairingOpened);
    });
  });
  send({ type: 'hello', protocol: 1, token, client: { name: 'e2e', version: '1' } });
  send({ type: 'request', id: 'a', method: 'pairing.open' });
  const { code } = await value;
  socket.close();
  return code;
}
