import { nativeTheme, type BrowserWindow } from 'electron';
import type { Transport } from '../../core/transport.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import { recoverRenderer } from '../renderer-recovery.ts';
import { toPlain } from '../to-plain.ts';
import { createWindow, pageAddress, type WindowOptions } from '../windows.ts';
import { createHostMirror } from './create-host-mirror.ts';
import type { HostMirror } from './host-mirror.ts';
import type { KnownHost } from './known-hosts.ts';
import { UpstreamPool } from './upstream-pool.ts';

export interface HostWindowsOptions extends Pick<WindowOptions, 'preloadPath' | 'iconPath' | 'log'> {
  readonly clock: Clock;
  /** What hosts list this app as. */
  readonly name: string;
  readonly version: string;
  /** Called with a new window before its page is loaded, which is when it must be let in. */
  readonly onCreated: (window: BrowserWindow) => void;
  /** A host has said what it is called. */
  readonly onNamed: (host: KnownHost) => void;
  /** A window was closed. */
  readonly onClosed: () => void;
}

interface HostWindow {
  readonly window: BrowserWindow;
  readonly hostId: string;
  /** Holds the connection to the host, and ends with the window. */
  readonly scope: TaskScope;
  mirror: HostMirror;
}

/**
 * The windows in which other hosts are watched. Which host a window shows is decided here, when it is made, and by nothing
 * that its page says. Windows of one host share one connection, which ends with the last of them.
 */
export class HostWindows {
  readonly #options: HostWindowsOptions;
  readonly #pool: UpstreamPool;
  readonly #hosts = new Map<string, KnownHost>();
  readonly #windows = new Map<number, HostWindow>();

  constructor(options: HostWindowsOptions) {
    this.#options = options;
    this.#pool = new UpstreamPool((hostId) => this.#connect(hostId));
  }

  /** How many there are. */
  get size(): number {
    return this.#windows.size;
  }

  /** Opens one more window on a host. Windows of it that its end had made useless come back with the new token. */
  open(host: KnownHost): void {
    this.#hosts.set(host.id, host);
    for (const { window } of this.#renewIfEnded(host.id)) window.webContents.reload();
    const { preloadPath, iconPath, log, clock } = this.#options;
    const window = createWindow({
      page: 'index.html',
      preloadPath,
      iconPath,
      log,
      look: {
        title: createTitle(host.name),
        width: 1200,
        height: 820,
        minWidth: 360,
        minHeight: 480,
        autoHideMenuBar: true,
        darkTheme: nativeTheme.shouldUseDarkColors,
      },
    });
    // Afterwards the object may be gone, so that it cannot be asked for its id.
    const { id } = window.webContents;
    const scope = new TaskScope('host window', { clock });
    this.#windows.set(id, { window, hostId: host.id, scope, mirror: this.#pool.join(host.id, scope) });
    window.once('closed', () => {
      this.#windows.delete(id);
      void scope.close('The window was closed.');
      this.#options.onClosed();
    });
    window.once('ready-to-show', () => window.show());
    // Whoever loads the page anew wants to try again.
    window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.#renewIfEnded(host.id);
    });
    recoverRenderer(window, { clock, log });
    this.#options.onCreated(window);
    window.loadURL(pageAddress('index.html')).catch((error: unknown) => {
      if (!window.isDestroyed()) log('warning', `The window of a host could not be loaded: ${String(error)}`);
    });
  }

  /** Begins a session of the window with these contents. False where it is none of these windows. */
  accept(contentsId: number, transport: Transport): boolean {
    const shown = this.#windows.get(contentsId);
    shown?.mirror.accept(transport);
    return shown !== undefined;
  }

  /** Ends every connection and then every window. */
  async close(): Promise<void> {
    await this.#pool.close();
    for (const { window } of [...this.#windows.values()]) window.destroy();
  }

  #connect(hostId: string): HostMirror {
    const { clock, name, version, log } = this.#options;
    const { url, token, fingerprint } = this.#hosts.get(hostId)!;
    return createHostMirror(
      { url, token, ...(fingerprint !== null && { certificateFingerprint: fingerprint }) },
      {
        clock,
        name,
        version,
        onNamed: (hostName) => this.#rename(hostId, hostName),
        onDefect: (message) => log('warning', `Watching ${url}: ${message}`),
      },
    );
  }

  /** A connection that has ended for good is taken up again by nobody else. The windows that had it. */
  #renewIfEnded(hostId: string): readonly HostWindow[] {
    const windows = [...this.#windows.values()].filter((shown) => shown.hostId === hostId);
    if (windows[0]?.mirror.state.phase !== 'closed') return [];
    this.#pool.renew(hostId);
    for (const shown of windows) shown.mirror = this.#pool.join(hostId, shown.scope);
    return windows;
  }

  #rename(hostId: string, name: string): void {
    const host = this.#hosts.get(hostId);
    if (!host || host.name === name) return;
    const named = { ...host, name };
    this.#hosts.set(hostId, named);
    for (const shown of this.#windows.values()) {
      if (shown.hostId === hostId) shown.window.setTitle(createTitle(name));
    }
    this.#options.onNamed(named);
  }
}

/** A host's name is anybody's text. */
function createTitle(name: string): string {
  return `${toPlain(name)} — Pulsewire`;
}
