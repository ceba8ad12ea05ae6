import * as v from 'valibot';
import { settingChangeSchema } from '../settings/changeable-settings.ts';
import { settingsSnapshotSchema, type SettingsSnapshot } from '../settings/settings-snapshot.ts';
import { installTimes, updateStatusSchema, type UpdateStatus } from '../updates/update-status.ts';
import { defaultLimits } from './limits.ts';
import { pairRequestSchema, pairingKeySchema } from './pairing.ts';
import { reasonCodeSchema } from './server-messages.ts';

/** Which of the app's own pages speaks: it decides how the host lists the client, and what closing it means. */
export const viewSchema = v.picklist(['window', 'tray']);
export type View = v.InferOutput<typeof viewSchema>;

/** Which other host a window is opened for. */
export const watchHostSchema = v.object({
  /** As people write it: `https://box.local:9740`, or without the scheme. */
  url: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
  /** What that host shows. Not needed for one that this app was paired with. */
  code: v.optional(pairRequestSchema.entries.code),
  /** Six digits that the page shows while that host's user is asked. */
  key: v.optional(pairingKeySchema),
  /** The new certificate of a known host, compared by the user: SHA-256 as 64 hexadecimal digits. */
  acceptedFingerprint: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
});
export type WatchHost = v.InferOutput<typeof watchHostSchema>;

const plainCallSchema = v.object({
  method: v.picklist([
    'openDashboard',
    'hideQuickView',
    'quit',
    'appInfo',
    'cancelWatch',
    'takeLinkedHost',
    'recentFrames',
  ]),
});
const watchCallSchema = v.object({ method: v.literal('watchHost'), params: watchHostSchema });
/** A page of the dashboard by its address, without the `#`. */
const pageCallSchema = v.object({
  method: v.literal('openPage'),
  params: v.object({ page: v.pipe(v.string(), v.regex(/^[a-z]{1,32}$/)) }),
});
const onTopCallSchema = v.object({
  method: v.literal('setQuickViewOnTop'),
  params: v.object({ isOnTop: v.boolean() }),
});

/** Changes that are made together, or not at all. */
const settingsCallSchema = v.object({
  method: v.literal('changeSettings'),
  params: v.pipe(v.array(settingChangeSchema), v.minLength(1), v.maxLength(64)),
});
const dataCallSchema = v.object({ method: v.picklist(['dataFacts', 'chooseDataFolder']) });
const placeCallSchema = v.object({
  method: v.literal('openPlace'),
  params: v.picklist(['dataFolder', 'settingsFile', 'licences']),
});
const hostCallSchema = v.object({
  method: v.literal('forgetHost'),
  params: v.object({ id: v.pipe(v.string(), v.regex(/^[0-9a-f]{12}$/)) }),
});

const updateCallSchema = v.object({
  method: v.picklist(['updateStatus', 'checkForUpdates', 'downloadUpdate', 'cancelDownload']),
});
const installCallSchema = v.object({
  method: v.literal('installUpdate'),
  params: v.picklist(installTimes),
});
/** The user is asked where to; `full` with names, addresses and paths. */
const diagnosticsCallSchema = v.object({
  method: v.literal('saveDiagnostics'),
  params: v.object({ full: v.boolean() }),
});

/** What the app does for its own pages beside the protocol. A browser has none of these. */
export const invokeSchema = v.variant('method', [
  plainCallSchema,
  watchCallSchema,
  pageCallSchema,
  onTopCallSchema,
  settingsCallSchema,
  dataCallSchema,
  placeCallSchema,
  hostCallSchema,
  updateCallSchema,
  installCallSchema,
  diagnosticsCallSchema,
]);
export type InvokeCall = v.InferOutput<typeof invokeSchema>;
export type InvokeMethod = InvokeCall['method'];

/** What a method takes beside its name. */
export type InvokeParams<Method extends InvokeMethod> = Method extends CallWithParams['method']
  ? [params: Extract<CallWithParams, { readonly method: Method }>['params']]
  : [];
type CallWithParams = Extract<InvokeCall, { readonly params: unknown }>;

/** What became of something that the app was asked to do. `message` says what to do. */
export type DeedAnswer =
  { readonly status: 'done' } | { readonly status: 'failed'; readonly message: string };

/** What became of a file that the user was asked about. */
export type SaveAnswer = DeedAnswer | { readonly status: 'cancelled' };

/** What the app keeps on disk. */
export interface DataFacts {
  readonly folder: string;
  readonly settingsFile: string;
  /** By what it is, in bytes. */
  readonly bytes: Readonly<Record<'access' | 'auditLog' | 'hosts' | 'browser' | 'other', number>>;
  /** Other hosts that this app was paired with. */
  readonly hosts: readonly { readonly id: string; readonly name: string; readonly url: string }[];
  /** What stands in the way of starting at login; null where nothing does. */
  readonly loginProblem: string | null;
}

/** Answer to `appInfo`. */
export const appInfoSchema = v.object({
  name: v.string(),
  version: v.string(),
  electron: v.string(),
  /** Whether this very page may have other hosts watched. */
  mayWatchHosts: v.boolean(),
});
export type AppInfo = v.InferOutput<typeof appInfoSchema>;

/** What became of `watchHost`. `message` says what to do. */
export type WatchAnswer =
  | { readonly status: 'opened' }
  /** This app was not paired with that host yet. */
  | { readonly status: 'codeNeeded' }
  /** A known host shows another certificate than the one pinned; nothing was sent to it. As 64 hexadecimal digits. */
  | { readonly status: 'otherCertificate'; readonly pinned: string; readonly shown: string }
  /** The page took it back. */
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly message: string };

/** What a `pulsewire://pair` link named: an origin, and a code as codes are shown. Nothing was connected to. */
export interface LinkedHost {
  readonly host: string;
  readonly code: string | null;
}

/**
 * How a call comes back. A refusal is a value: Electron prints whatever a handler throws on standard error, with its stack,
 * so that a page gone mad could fill the log.
 */
export const invokeAnswerSchema = v.variant('status', [
  v.object({ status: v.literal('answered'), value: v.optional(v.unknown()) }),
  v.object({ status: v.literal('failed'), message: v.string() }),
]);
export type InvokeAnswer = v.InferOutput<typeof invokeAnswerSchema>;

/** Answer of each method. */
export interface InvokeResults {
  readonly openDashboard: void;
  readonly openPage: void;
  readonly hideQuickView: void;
  /** Keeps the quick view on top of all windows, small, or lets it go again; its page is told by its address. */
  readonly setQuickViewOnTop: void;
  /** Messages with the last two readings of what the tray shows, the newest last; none where they are no news. */
  readonly recentFrames: readonly string[];
  readonly quit: void;
  readonly appInfo: AppInfo;
  readonly watchHost: WatchAnswer;
  /** Takes back the `watchHost` that is under way, if there is one. */
  readonly cancelWatch: void;
  /** The host that a link named, once, and to the dashboard alone; null where none did. */
  readonly takeLinkedHost: LinkedHost | null;
  /** The page hears of the change itself by the channel `settingsChanged`. */
  readonly changeSettings: DeedAnswer;
  readonly dataFacts: DataFacts;
  /** Asks the user for another data folder, which is then in the settings; `done` too where nothing was chosen. */
  readonly chooseDataFolder: DeedAnswer;
  readonly openPlace: DeedAnswer;
  /** Of this app's own host, whatever host the page shows. */
  readonly saveDiagnostics: SaveAnswer;
  /** Ends nothing that is under way: a window on that host stays until it is closed. */
  readonly forgetHost: DeedAnswer;
  /** Each of these answers how it is by then, and the page hears of the rest by the channel `updatesChanged`. */
  readonly updateStatus: UpdateStatus;
  readonly checkForUpdates: UpdateStatus;
  readonly downloadUpdate: UpdateStatus;
  readonly cancelDownload: UpdateStatus;
  /** `now` quits the app. */
  readonly installUpdate: UpdateStatus;
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
  /** A call that is answered with `InvokeAnswer`, in it what `InvokeResults` says. */
  invoke: {
    name: 'pulsewire:invoke',
    direction: 'invoke',
    payload: invokeSchema,
  },
  /**
   * Asked by a page before it draws anything, and answered at once with what it then hears by `settingsChanged`: a page
   * that waited for its theme and language would be drawn in others first.
   */
  readSettings: { name: 'pulsewire:read-settings', direction: 'sync', payload: v.undefined() },
  /** The settings as they are now, whenever they have changed. */
  settingsChanged: {
    name: 'pulsewire:settings-changed',
    direction: 'toPage',
    payload: settingsSnapshotSchema,
  },
  /** How far the app is with its updates, whenever that has changed. To the dashboard alone. */
  updatesChanged: {
    name: 'pulsewire:updates-changed',
    direction: 'toPage',
    payload: updateStatusSchema,
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

/** The app's settings as a page sees them. They are changed by `changeSettings`. */
export interface BridgeSettings {
  /** As they are now; a copy. Null where the page is not one of the app's. */
  current(): SettingsSnapshot | null;
  /** Hears of every change, by whoever's hand. Returns the unsubscribe. */
  onChange(listener: () => void): () => void;
}

/** How far the app is with its updates. Asked for by `updateStatus`. */
export interface BridgeUpdates {
  /** Returns the unsubscribe. */
  onChange(listener: (status: UpdateStatus) => void): () => void;
}

/** The preload's only global, `window.pulsewire`. */
export interface PulsewireBridge {
  connect(view: View): BridgeConnection;
  invoke<Method extends InvokeMethod>(
    method: Method,
    ...params: InvokeParams<Method>
  ): Promise<InvokeResults[Method]>;
  readonly platform: string;
  readonly settings: BridgeSettings;
  readonly updates: BridgeUpdates;
}

/** The global's name, and its keys, which a test compares with what the page really sees. */
export const bridgeName = 'pulsewire';
export const bridgeKeys = [
  'connect',
  'invoke',
  'platform',
  'settings',
  'updates',
] as const satisfies readonly (keyof PulsewireBridge)[];
