import { ipcMain, webContents, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import * as v from 'valibot';
import type { Log } from '../node/server/log.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import {
  ipcChannels,
  type InvokeAnswer,
  type InvokeCall,
  type IpcPayload,
  type View,
} from '../shared/protocol/ipc-channels.ts';
import { appOrigin } from './renderer-files.ts';

/** Who hears what pages say. Everything that arrives here has a known sender and a parsed payload. */
export interface IpcListener {
  onFrame(contentsId: number, view: View, frame: string): void;
  onClientClose(contentsId: number, view: View): void;
  /** Its result travels to the page. */
  onInvoke(contentsId: number, call: InvokeCall): unknown;
  /** What a page sees of the settings. */
  onReadSettings(contentsId: number): IpcPayload<'settingsChanged'>;
}

export interface IpcEndpointOptions {
  readonly listener: IpcListener;
  readonly log: Log;
}

type Sender = Pick<IpcMainEvent | IpcMainInvokeEvent, 'sender' | 'senderFrame'>;

/** Refusals, and calls that failed, are logged this many times in all: a page gone mad must not fill the log. */
const maxLogged = 20;

/**
 * The one place where the main process talks with pages. A message counts only if it comes from the top frame
 * of a WebContents that was registered for that view, from our own origin, with one payload that parses; the
 * rest is refused, and counted. Disposed when the app ends.
 */
export class IpcEndpoint implements Disposable {
  readonly #options: IpcEndpointOptions;
  readonly #views = new Map<number, View>();
  #refusals = 0;
  #failures = 0;

  constructor(options: IpcEndpointOptions) {
    this.#options = options;
    ipcMain.on(ipcChannels.clientFrame.name, this.#onFrame);
    ipcMain.on(ipcChannels.clientClose.name, this.#onClientClose);
    ipcMain.handle(ipcChannels.invoke.name, this.#onInvoke);
    ipcMain.on(ipcChannels.readSettings.name, this.#onReadSettings);
  }

  /** How many messages were turned away. */
  get refusals(): number {
    return this.#refusals;
  }

  /** Lets a page in as `view`, until it is destroyed. */
  register(contents: WebContents, view: View): void {
    const { id } = contents;
    this.#views.set(id, view);
    contents.once('destroyed', () => void this.#views.delete(id));
  }

  /** Tells every page of its settings. */
  sendSettings(): void {
    for (const id of this.#views.keys())
      this.send(id, 'settingsChanged', this.#options.listener.onReadSettings(id));
  }

  /** Hands a message to a page. Does nothing where the page has gone or has crashed. */
  send<Channel extends 'hostFrame' | 'hostClose' | 'settingsChanged' | 'updatesChanged'>(
    contentsId: number,
    channel: Channel,
    payload: IpcPayload<Channel>,
  ): void {
    const contents = webContents.fromId(contentsId);
    if (!contents || contents.isDestroyed() || contents.isCrashed()) return;
    contents.send(ipcChannels[channel].name, payload);
  }

  [Symbol.dispose](): void {
    ipcMain.off(ipcChannels.clientFrame.name, this.#onFrame);
    ipcMain.off(ipcChannels.clientClose.name, this.#onClientClose);
    ipcMain.removeHandler(ipcChannels.invoke.name);
    ipcMain.off(ipcChannels.readSettings.name, this.#onReadSettings);
    this.#views.clear();
  }

  readonly #onFrame = (event: IpcMainEvent, ...payloads: unknown[]): void => {
    const message = this.#parse(event, ipcChannels.clientFrame.payload, payloads);
    if (!message || !this.#isViewOf(event, message.view)) return;
    this.#options.listener.onFrame(event.sender.id, message.view, message.frame);
  };

  readonly #onClientClose = (event: IpcMainEvent, ...payloads: unknown[]): void => {
    const message = this.#parse(event, ipcChannels.clientClose.payload, payloads);
    if (!message || !this.#isViewOf(event, message.view)) return;
    this.#options.listener.onClientClose(event.sender.id, message.view);
  };

  readonly #onInvoke = async (event: IpcMainInvokeEvent, ...payloads: unknown[]): Promise<InvokeAnswer> => {
    const call = this.#parse(event, ipcChannels.invoke.payload, payloads);
    if (!call) return { status: 'failed', message: 'The request was refused.' };
    try {
      return { status: 'answered', value: await this.#options.listener.onInvoke(event.sender.id, call) };
    } catch (thrown) {
      const { message } = MonitorError.from(thrown);
      this.#failures++;
      if (this.#failures <= maxLogged) this.#options.log('warning', `${call.method} failed: ${message}`);
      return { status: 'failed', message };
    }
  };

  readonly #onReadSettings = (event: IpcMainEvent, ...payloads: unknown[]): void => {
    const isAllowed = this.#isOurs(event) && payloads.length === 0;
    if (!isAllowed) this.#refuse('it is no page of ours that asks for the settings');
    // Answered in any case, and once: who asks stands still until then, and takes the first that is set.
    event.returnValue = isAllowed ? this.#options.listener.onReadSettings(event.sender.id) : null;
  };

  #parse<Schema extends v.GenericSchema>(
    event: Sender,
    schema: Schema,
    payloads: readonly unknown[],
  ): v.InferOutput<Schema> | null {
    if (!this.#isOurs(event)) {
      this.#refuse('it did not come from the top frame of a page of ours');
      return null;
    }
    if (payloads.length !== 1) {
      this.#refuse(`it carries ${payloads.length} payloads in place of one`);
      return null;
    }
    const result = v.safeParse(schema, payloads[0], { abortEarly: true });
    if (result.success) return result.output;
    this.#refuse(describeIssue(result.issues[0]));
    return null;
  }

  #isOurs({ sender, senderFrame }: Sender): boolean {
    if (!this.#views.has(sender.id) || sender.isDestroyed()) return false;
    // Null where the frame has gone since; a frame that goes meanwhile throws on access.
    if (!senderFrame) return false;
    try {
      return (
        senderFrame.parent === null && senderFrame === sender.mainFrame && senderFrame.origin === appOrigin
      );
    } catch {
      return false;
    }
  }

  #isViewOf({ sender }: Sender, view: View): boolean {
    if (this.#views.get(sender.id) === view) return true;
    this.#refuse(`the page is not the ${view}`);
    return false;
  }

  #refuse(why: string): void {
    this.#refusals++;
    if (this.#refusals > maxLogged) return;
    const further = this.#refusals === maxLogged ? ' Further ones are not told of.' : '';
    this.#options.log('warning', `A message of a page was refused: ${why}.${further}`);
  }
}

/** What was expected, and where; nothing of what came, which may be a pairing code, or anything else. */
function describeIssue(issue: v.BaseIssue<unknown>): string {
  const where = v.getDotPath(issue) ?? 'its root';
  return `its payload is malformed at ${where} (a ${issue.type} is expected)`;
}
