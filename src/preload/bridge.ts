import { contextBridge, ipcRenderer } from 'electron';
import * as v from 'valibot';
import {
  bridgeName,
  invokeAnswerSchema,
  invokeSchema,
  ipcChannels,
  viewSchema,
  type BridgeConnection,
  type HostClose,
  type InvokeCall,
  type InvokeMethod,
  type InvokeParams,
  type PulsewireBridge,
} from '../shared/protocol/ipc-channels.ts';
import type { SettingsSnapshot } from '../shared/settings/settings-snapshot.ts';
import type { UpdateStatus } from '../shared/updates/update-status.ts';

/** Connections of this page that are open. One IPC listener a channel serves them all. */
const open = new Set<{
  readonly messages: Set<(frame: string) => void>;
  readonly closes: Set<(reason: HostClose) => void>;
}>();

ipcRenderer.on(ipcChannels.hostFrame.name, (_event, payload: unknown) => {
  const frame = v.safeParse(ipcChannels.hostFrame.payload, payload);
  if (!frame.success) return;
  for (const connection of [...open]) {
    for (const listener of [...connection.messages]) listener(frame.output);
  }
});

ipcRenderer.on(ipcChannels.hostClose.name, (_event, payload: unknown) => {
  const reason = v.safeParse(ipcChannels.hostClose.payload, payload);
  if (!reason.success) return;
  for (const connection of [...open]) {
    open.delete(connection);
    for (const listener of [...connection.closes]) listener(reason.output);
  }
});

/** The settings as they were told last. */
let settings = parseSettings(ipcRenderer.sendSync(ipcChannels.readSettings.name));
const settingsListeners = new Set<() => void>();

ipcRenderer.on(ipcChannels.settingsChanged.name, (_event, payload: unknown) => {
  const heard = parseSettings(payload);
  if (!heard) return;
  settings = heard;
  for (const listener of [...settingsListeners]) listener();
});

const updateListeners = new Set<(status: UpdateStatus) => void>();

ipcRenderer.on(ipcChannels.updatesChanged.name, (_event, payload: unknown) => {
  const status = v.safeParse(ipcChannels.updatesChanged.payload, payload);
  if (!status.success) return;
  for (const listener of [...updateListeners]) listener(status.output);
});

function parseSettings(payload: unknown): SettingsSnapshot | null {
  const parsed = v.safeParse(ipcChannels.settingsChanged.payload, payload);
  return parsed.success ? parsed.output : null;
}

async function call(payload: InvokeCall): Promise<unknown> {
  const answer = v.parse(invokeAnswerSchema, await ipcRenderer.invoke(ipcChannels.invoke.name, payload));
  if (answer.status === 'failed') throw new Error(answer.message);
  return answer.value;
}

const bridge: PulsewireBridge = {
  connect: (wanted) => {
    const view = v.parse(viewSchema, wanted);
    const connection = {
      messages: new Set<(frame: string) => void>(),
      closes: new Set<(reason: HostClose) => void>(),
    };
    // A page has one connection: a new one takes the place of what was left of the last.
    open.clear();
    open.add(connection);
    const handle: BridgeConnection = {
      send: (frame) => {
        if (open.has(connection)) ipcRenderer.send(ipcChannels.clientFrame.name, { view, frame });
      },
      onMessage: (listener) => {
        connection.messages.add(listener);
        return () => void connection.messages.delete(listener);
      },
      onClose: (listener) => {
        connection.closes.add(listener);
        return () => void connection.closes.delete(listener);
      },
      close: () => {
        if (!open.delete(connection)) return;
        ipcRenderer.send(ipcChannels.clientClose.name, { view });
      },
    };
    return handle;
  },
  invoke: (<Method extends InvokeMethod>(method: Method, ...[params]: InvokeParams<Method>) =>
    call(v.parse(invokeSchema, { method, params }))) as PulsewireBridge['invoke'],
  platform: process.platform,
  settings: {
    current: () => settings,
    onChange: (listener) => {
      settingsListeners.add(listener);
      return () => void settingsListeners.delete(listener);
    },
  },
  updates: {
    onChange: (listener) => {
      updateListeners.add(listener);
      return () => void updateListeners.delete(listener);
    },
  },
};

contextBridge.exposeInMainWorld(bridgeName, bridge);
