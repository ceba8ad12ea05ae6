import { expect, it, vi } from 'vitest';
import type { DeedAnswer, PulsewireBridge } from '../../shared/protocol/ipc-channels.ts';
import type { SettingChange } from '../../shared/settings/changeable-settings.ts';
import { createBridgeKeeper } from './bridge-keeper.ts';
import { PreferenceStore } from './preference-store.ts';

/** An app whose settings file takes changes when the test says so. */
function createApp(view: Record<string, unknown>) {
  let changed = (): void => undefined;
  const asked: { changes: readonly SettingChange[]; answer: (answer: DeedAnswer) => Promise<void> }[] = [];
  const app = {
    view,
    asked,
    tell: (next: Record<string, unknown>) => {
      app.view = next;
      changed();
    },
    bridge: {
      settings: {
        current: () => ({
          path: '',
          values: { view: app.view },
          problems: [],
          needRestart: [],
          locked: [],
          mayChangeAll: true,
        }),
        onChange: (listener: () => void) => {
          changed = listener;
          return () => undefined;
        },
      },
      invoke: ((_method: string, changes: SettingChange[]) => {
        let resolve = (_answer: DeedAnswer): void => undefined;
        const promise = new Promise<DeedAnswer>((settle) => (resolve = settle));
        asked.push({
          changes,
          answer: async (answer) => {
            resolve(answer);
            await new Promise((done) => setImmediate(done));
          },
        });
        return promise;
      }) as unknown as PulsewireBridge['invoke'],
    },
  };
  return app;
}

const done: DeedAnswer = { status: 'done' };
const failed: DeedAnswer = { status: 'failed', message: 'It is broken.' };

it('asks for what has changed and nothing else', () => {
  const app = createApp({ theme: 'dark' });
  const store = new PreferenceStore(createBridgeKeeper(app.bridge));
  store.change({ theme: 'dark' });
  store.change({ density: 'compact' });
  expect(app.asked.map(({ changes }) => changes)).toEqual([[{ key: 'view.density', value: 'compact' }]]);
  expect(store.current()).toMatchObject({ theme: 'dark', density: 'compact' });
});

it('does not fall back to what the file said before two quick changes had reached it', async () => {
  const app = createApp({});
  const store = new PreferenceStore(createBridgeKeeper(app.bridge));
  const seen: unknown[] = [];
  store.onChange(() => seen.push([store.current().theme, store.current().density]));
  store.change({ theme: 'dark' });
  store.change({ density: 'compact' });
  app.tell({ theme: 'dark' });
  await app.asked[0]!.answer(done);
  app.tell({ theme: 'dark', density: 'compact' });
  await app.asked[1]!.answer(done);
  app.tell({ theme: 'light', density: 'compact' });
  expect(seen).toEqual([
    ['dark', 'comfortable'],
    ['dark', 'compact'],
    ['light', 'compact'],
  ]);
});

it('holds what a broken file cannot take until the file changes', async () => {
  const app = createApp({ theme: 'dark' });
  const store = new PreferenceStore(createBridgeKeeper(app.bridge));
  const heard = vi.fn();
  store.onChange(heard);
  store.change({ theme: 'light' });
  await app.asked[0]!.answer(failed);
  expect([store.current().theme, heard.mock.calls.length]).toEqual(['light', 1]);
  app.tell({ theme: 'dark', density: 'compact' });
  expect(store.current()).toMatchObject({ theme: 'dark', density: 'compact' });
});
