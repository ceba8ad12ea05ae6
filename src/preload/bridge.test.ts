import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { bridgeKeys, ipcChannels, type PulsewireBridge } from '../shared/protocol/ipc-channels.ts';

type Listener = (event: unknown, payload: unknown) => void;

interface FakeElectron {
  readonly exposed: Map<string, unknown>;
  readonly listeners: Map<string, Listener[]>;
  readonly sent: [string, unknown][];
  readonly settings: Map<string, object>;
  answer: object;
}

const electron = vi.hoisted((): FakeElectron => ({
  exposed: new Map(),
  listeners: new Map(),
  sent: [],
  settings: new Map(),
  answer: { status: 'answered' },
}));

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, api: unknown) => electron.exposed.set(name, api) },
  ipcRenderer: {
    on: (channel: string, listener: Listener) =>
      electron.listeners.set(channel, [...(electron.listeners.get(channel) ?? []), listener]),
    send: (channel: string, payload: unknown) => electron.sent.push([channel, payload]),
    sendSync: (channel: string) => electron.settings.get(channel),
    invoke: async (channel: string, payload: unknown) => {
      electron.sent.push([channel, payload]);
      return electron.answer;
    },
  },
}));

const { clientClose, clientFrame, hostClose, hostFrame, invoke, settingsChanged } = ipcChannels;
const settings = {
  path: '/c.json',
  values: { view: { theme: 'dark' } },
  problems: [],
  needRestart: [],
  locked: [],
  mayChangeAll: true,
};
let bridge: PulsewireBridge;

function hear(channel: string, payload: unknown): void {
  for (const listener of electron.listeners.get(channel) ?? []) listener({ sender: 'secret' }, payload);
}

describe('the preload', () => {
  beforeAll(async () => {
    electron.settings.set('pulsewire:read-settings', settings);
    await import('./bridge.ts');
    bridge = electron.exposed.get('pulsewire') as PulsewireBridge;
  });
  beforeEach(() => void electron.sent.splice(0));

  it('exposes one global with these keys and no other', () => {
    expect([...electron.exposed.keys()]).toEqual(['pulsewire']);
    expect(Object.keys(bridge).sort()).toEqual([...bridgeKeys].sort());
    expect(bridgeKeys).toMatchInlineSnapshot(`
      [
        "connect",
        "invoke",
        "platform",
        "settings",
        "updates",
      ]
    `);
  });

  it('keeps one IPC listener a channel, however often a page connects and listens', () => {
    for (let turn = 0; turn < 50; turn++) {
      const connection = bridge.connect('window');
      connection.onMessage(() => undefined);
      connection.onClose(() => undefined);
      connection.close();
    }
    for (const listeners of electron.listeners.values()) expect(listeners).toHaveLength(1);
  });

  it('hands frames to every listener until it unsubscribes, and never an event', () => {
    const connection = bridge.connect('window');
    const heard: unknown[][] = [];
    const unsubscribe = connection.onMessage((...all) => heard.push(all));
    hear(hostFrame.name, 'one');
    unsubscribe();
    hear(hostFrame.name, 'two');
    expect(heard).toEqual([['one']]);
  });

  it('drops payloads that are not what the channel carries', () => {
    const heard = vi.fn();
    const connection = bridge.connect('window');
    connection.onMessage(heard);
    connection.onClose(heard);
    hear(hostFrame.name, { frame: 'no' });
    hear(hostClose.name, { code: 'nonsense', message: '' });
    expect(heard).not.toHaveBeenCalled();
  });

  it('sends frames with its view, and nothing after either side has closed', () => {
    const first = bridge.connect('tray');
    first.send('a');
    first.close();
    first.close();
    first.send('b');
    const second = bridge.connect('tray');
    const closed = vi.fn();
    second.onClose(closed);
    hear(hostClose.name, { code: 'shutdown', message: 'The host ends.' });
    second.send('c');
    second.close();
    expect(closed).toHaveBeenCalledWith({ code: 'shutdown', message: 'The host ends.' });
    expect(electron.sent).toEqual([
      [clientFrame.name, { view: 'tray', frame: 'a' }],
      [clientClose.name, { view: 'tray' }],
    ]);
  });

  it('knows the settings from the start, and hears of every change that makes sense', () => {
    expect(bridge.settings.current()).toEqual(settings);
    const heard = vi.fn();
    const stop = bridge.settings.onChange(heard);
    hear(settingsChanged.name, { ...settings, values: { view: { theme: 'light' } } });
    hear(settingsChanged.name, { path: 7 });
    expect(bridge.settings.current()?.values.view).toEqual({ theme: 'light' });
    stop();
    hear(settingsChanged.name, settings);
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('passes on changes of settings that there are, with values that they may have', async () => {
    const changes = [{ key: 'view.theme' as const, value: 'dark' }, { key: 'app.closeToTray' as const }];
    await bridge.invoke('changeSettings', changes);
    expect(electron.sent).toEqual([[invoke.name, { method: 'changeSettings', params: changes }]]);
    for (const wrong of [
      { key: 'view.theme', value: 'blue' },
      { key: 'sharing.enabled', value: true },
      { key: 'port', value: 1 },
      { key: 'constructor' },
      { key: 'view.constructor', value: 1 },
    ]) {
      expect(() => bridge.invoke('changeSettings', [wrong as (typeof changes)[0]])).toThrow();
    }
  });

  it('hands on what a call is answered with, and throws what it failed of', async () => {
    electron.answer = { status: 'answered', value: { name: 'Pulsewire' } };
    expect(await bridge.invoke('appInfo')).toEqual({ name: 'Pulsewire' });
    electron.answer = { status: 'failed', message: 'The request was refused.' };
    await expect(bridge.invoke('appInfo')).rejects.toThrow(/^The request was refused\.$/);
    electron.answer = { status: 'nonsense' };
    await expect(bridge.invoke('appInfo')).rejects.toThrow();
    electron.answer = { status: 'answered' };
  });

  it('calls only the methods there are', async () => {
    await bridge.invoke('openDashboard');
    expect(electron.sent).toEqual([[invoke.name, { method: 'openDashboard' }]]);
    expect(() => bridge.invoke('eval' as 'quit')).toThrow();
  });

  it('passes on what a method takes, and nothing beside it', async () => {
    const url = 'https://box.local:9740';
    await bridge.invoke('watchHost', { url, code: 'BCDF-GHJK', token: 'mine' } as { url: string });
    expect(electron.sent).toEqual([
      [invoke.name, { method: 'watchHost', params: { url, code: 'BCDF-GHJK' } }],
    ]);
    expect(() => bridge.invoke('watchHost', { url: '' })).toThrow();
  });
});
