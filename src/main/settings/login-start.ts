import { app } from 'electron';
import type { Log } from '../../node/server/log.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { AppBehaviour } from './app-settings.ts';
import { createAutostartEntry, keepAutostartEntry, locateAutostartEntry } from './autostart-entry.ts';

/** What of the command line a start at login takes over: where its data is, and nothing of what it shows. */
export interface LoginStartOptions {
  readonly dataDir: string | null;
  readonly log: Log;
}

/** Keeps the desktop's list of what starts at login as the settings say. One turn after the other. */
export class LoginStart {
  readonly #options: LoginStartOptions;
  #turn: Promise<void> = Promise.resolve();
  #problem: string | null = null;
  #wasOn = false;

  constructor(options: LoginStartOptions) {
    this.#options = options;
  }

  /** What stands in the way, for people; null where nothing does. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Resolves once the desktop was told. Never rejects. */
  follow(wanted: Pick<AppBehaviour, 'startAtLogin' | 'startHidden'>): Promise<void> {
    this.#turn = this.#turn.then(() => this.#apply(wanted));
    return this.#turn;
  }

  async #apply({
    startAtLogin,
    startHidden,
  }: Pick<AppBehaviour, 'startAtLogin' | 'startHidden'>): Promise<void> {
    const { dataDir, log } = this.#options;
    // An app on a data folder of its own takes away only what it put there itself.
    if (!startAtLogin && !this.#wasOn && dataDir !== null) return;
    this.#wasOn = startAtLogin;
    const args = [
      ...(app.isPackaged ? [] : [app.getAppPath()]),
      ...(dataDir === null ? [] : ['--data-dir', dataDir]),
      ...(startHidden ? ['--hidden'] : []),
    ];
    try {
      if (process.platform === 'linux') {
        const program = process.env['APPIMAGE'] ?? process.execPath;
        const entry = startAtLogin ? createAutostartEntry([program, ...args]) : null;
        await keepAutostartEntry(locateAutostartEntry(), entry);
      } else {
        // The system's list is asked first: setting it shows a notice on macOS each time.
        const known = app.getLoginItemSettings({ args });
        if (known.openAtLogin !== startAtLogin) app.setLoginItemSettings({ openAtLogin: startAtLogin, args });
      }
      this.#problem = null;
    } catch (thrown) {
      this.#problem = MonitorError.from(thrown).message;
      log('warning', `The start at login could not be changed: ${this.#problem}`);
    }
  }
}
