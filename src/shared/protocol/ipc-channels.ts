import * as v from 'valibot';
import { defaultLimits } from './limits.ts';
import { reasonCodeSchema } from './server-messages.ts';

/** Which of the app's own pages speaks: it decides how the host lists the client, and what closing it means. */
export const viewSchema = v.picklist(['window', 'tray']);
export type View = v.InferOutput<typeof viewSchema>;

/** What the app does for its own pages beside the protocol. A browser has none of these. */
export const invokeMethodSchema = v.picklist(['openDashboard', 'hideQuickView', 'quit', 'appInfo']);
export type InvokeMethod = v.InferOutput<typeof invokeMethodSchema>;

/** Answer to `appInfo`. */
export const appInfoSchema = v.object({ name: v.string(), version: v.string(), electron: v.string() });
export type AppInfo = v.InferOutput<typeof appInfoSchema>;

/** Answer of each method. */
export interface InvokeResults {
  readonly openDashboard: void;
  readonly hideQuickView: void;
  readonly quit: void;
  readonly appInfo: AppInfo;
}

/**
 * Every IPC channel of the app: its name, its direction and the shape of its one payload, which both ends
 * parse. Nothing else crosses between a page and the main process.
 */
export const ipcChannels = {
  /** A protocol message from a page. */
  clientFrame: {
    name: 'pulsewire:client-frame',
    direction: 'toMain',
    payload: v.object({
      view: viewSchema,
      frame: v.pipe(v.string(), v.maxLength(defaultLimits.maxInboundBytes)),
    }),
  },
  /** A protocol message for a page. */
  hostFrame: { name: 'pulsewire:host-frame', direction: 'toPage', payload: v.string() },
  /** The page ends its connection; it may begin another with a new hello. */
  clientClose: {
    name: 'pulsewire:client-close',
    direction: 'toMain',
    payload: v.object({ view: viewSchema }),
  },
  /** The host ended the connection. */
  hostClose: {
    name: 'pulsewire:host-close',
    direction: 'toPage',
    payload: v.object({ code: reasonCodeSchema, message: v.string() }),
  },
  /** A call that is answered with `InvokeResults`. */
  invoke: {
    name: 'pulsewire:invoke',
    direction: 'invoke',
    payload: v.object({ method: invokeMethodSchema }),
  },
} as const;

export type IpcChannel = keyof typeof ipcChannels;
export type IpcPayload<Channel extends IpcChannel> = v.InferOutput<(typeof ipcChannels)[Channel]['payload']>;
export type HostClose = IpcPayload<'hostClose'>;

/** One connection as a page holds it. Functions are proxied, so every listener is taken off by what it returned. */
export interface BridgeConnection {
  send(frame: string): void;
  onMessage(listener: (frame: string) => void): () => void;
  onClose(listener: (reason: HostClose) => void): () => void;
  /** Ends this connection and tells the host. Idempotent. */
  close(): void;
}

/** The preload's only global, `window.pulsewire`. */
export interface PulsewireBridge {
  connect(view: View): BridgeConnection;
  invoke<Method extends InvokeMethod>(method: Method): Promise<InvokeResults[Method]>;
  readonly platform: string;
}

/** The global's name, and its keys, which a test compares with what the page really sees. */
export const bridgeName = 'pulsewire';
export const bridgeKeys = [
  'connect',
  'invoke',
  'platform',
] as const satisfies readonly (keyof PulsewireBridge)[];
