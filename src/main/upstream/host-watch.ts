import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Transport } from '../../core/transport.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { WatchAnswer, WatchHost } from '../../shared/protocol/ipc-channels.ts';
import { HostWindows, type HostWindowsOptions } from './host-windows.ts';
import { KnownHosts, type KnownHost } from './known-hosts.ts';
import { letIn } from './let-in.ts';
import { keyringSeal } from './token-seal.ts';

export interface HostWatchOptions extends Omit<HostWindowsOptions, 'name' | 'onNamed'> {
  /** Of the app, in which hosts are kept. */
  readonly dataFolder: string;
}

/** Watches other hosts for the user of this one: lets the app in there, and opens windows on them. */
export class HostWatch {
  readonly #options: HostWatchOptions;
  readonly #name = hostname().trim().slice(0, 64) || 'Pulsewire';
  readonly #hosts: KnownHosts;
  readonly #windows: HostWindows;
  #attempt: AbortController | null = null;
  #isClosed = false;

  constructor(options: HostWatchOptions) {
    const { dataFolder, log } = options;
    this.#options = options;
    this.#hosts = new KnownHosts({ folder: join(dataFolder, 'hosts'), seal: keyringSeal, log });
    this.#windows = new HostWindows({
      ...options,
      name: this.#name,
      onNamed: (host) => this.#keepName(host),
    });
  }

  /** How many windows there are. */
  get size(): number {
    return this.#windows.size;
  }

  /**
   * Opens a window on a host, once it has let this app in, which may take as long as its user does. One at a time: another
   * takes the place of the one that is under way. Never rejects: what went wrong is said in words.
   */
  async watch(wanted: WatchHost): Promise<WatchAnswer> {
    this.cancel();
    if (this.#isClosed) return { status: 'cancelled' };
    const attempt = new AbortController();
    this.#attempt = attempt;
    const { signal } = attempt;
    try {
      const options = { clock: this.#options.clock, hosts: this.#hosts, name: this.#name };
      const answer = await letIn(options, wanted, signal);
      signal.throwIfAborted();
      if (answer.status !== 'known') return answer;
      this.#windows.open(answer.host);
      return { status: 'opened' };
    } catch (thrown) {
      if (signal.aborted) return { status: 'cancelled' };
      return { status: 'failed', message: MonitorError.from(thrown).message };
    } finally {
      if (this.#attempt === attempt) this.#attempt = null;
    }
  }

  /** Takes back what is under way; the other host then asks its user no more. */
  cancel(): void {
    this.#attempt?.abort();
    this.#attempt = null;
  }

  /** The hosts that this app was paired with; none where they cannot be read. */
  async known(): Promise<readonly Pick<KnownHost, 'id' | 'name' | 'url'>[]> {
    const hosts = await this.#hosts.list().catch(() => []);
    return hosts.map(({ id, name, url }) => ({ id, name, url }));
  }

  /** As of KnownHosts: windows on it stay until they are closed. */
  forget(id: string): Promise<void> {
    return this.#hosts.forget(id);
  }

  /** As of HostWindows. */
  accept(contentsId: number, transport: Transport): boolean {
    return this.#windows.accept(contentsId, transport);
  }

  /** Ends every connection and every window. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.cancel();
    await this.#windows.close();
  }

  #keepName(host: KnownHost): void {
    this.#hosts.save(host).catch((error: unknown) => {
      this.#options.log('warning', `The name of a host could not be kept: ${String(error)}`);
    });
  }
}
