import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ipcChannels } from '../../src/shared/protocol/ipc-channels.ts';
import type { ElectronApp } from '../fixtures/electron-app.ts';

/** Where the preload lies that lets a page say anything on any channel. */
export const rawIpcPreload = join(import.meta.dirname, '..', 'fixtures', 'raw-ipc.cjs');

/** The channels to main, by what they carry. */
export const channelNames = {
  clientFrame: ipcChannels.clientFrame.name,
  clientClose: ipcChannels.clientClose.name,
  readSettings: ipcChannels.readSettings.name,
  invoke: ipcChannels.invoke.name,
};

/** What that preload gives a page. */
export interface RawIpc {
  send(channel: string, ...payloads: unknown[]): void;
  sendSync(channel: string, ...payloads: unknown[]): unknown;
  invoke(channel: string, ...payloads: unknown[]): Promise<unknown>;
  fuzz(channels: typeof channelNames, seed: number, count: number): Promise<FuzzAnswers>;
}

/** How many messages were sent, and how those were answered that are: by a refusal, or not. */
export interface FuzzAnswers {
  readonly sent: number;
  readonly tooMany: number;
  readonly failed: number;
  readonly answered: number;
  readonly settings: number;
}

/** Gives every page of the app the raw way, from its next load on, beside its own preload. */
export function giveRawIpc(app: ElectronApp): Promise<void> {
  return app.application.evaluate(({ session }, path) => {
    // The older call goes, the newer one came with Electron 35.
    const pages = session.defaultSession as unknown as {
      registerPreloadScript?: (script: { type: 'frame'; filePath: string }) => void;
      setPreloads(paths: string[]): void;
    };
    if (pages.registerPreloadScript) pages.registerPreloadScript({ type: 'frame', filePath: path });
    else pages.setPreloads([path]);
  }, rawIpcPreload);
}

/** What a page hears that says something good on every channel: `refused` throughout where it is not let in. */
export function sayGoodThings(page: Page): Promise<{ call: string; settings: string }> {
  return page.evaluate(async (channels) => {
    const raw = (globalThis as unknown as { rawIpc: RawIpc }).rawIpc;
    const hello = { type: 'hello', protocol: 1, client: { name: 'stranger', version: '1' } };
    raw.send(channels.clientFrame, { view: 'window', frame: JSON.stringify(hello) });
    raw.send(channels.clientClose, { view: 'window' });
    const answer = (await raw.invoke(channels.invoke, { method: 'appInfo' })) as { status: string };
    const settings = raw.sendSync(channels.readSettings);
    return { call: answer.status, settings: settings === null ? 'refused' : 'told' };
  }, channelNames);
}
