import { app } from 'electron';
import type { Log } from '../../node/server/log.ts';
import { linkScheme } from './parse-app-link.ts';

/**
 * Links as they come: on the command line of this start or of a second one, or by the event of macOS, which comes before the app
 * is ready where it was started by a link. They wait until somebody follows them.
 */
export class IncomingLinks {
  readonly #waiting: string[] = [];
  #follow: ((link: string) => void) | null = null;

  constructor() {
    app.on('open-url', (event, link) => {
      event.preventDefault();
      this.add(link);
    });
  }

  add(link: string): void {
    if (this.#follow) this.#follow(link);
    // One that comes while the app starts takes the place of the one before: there is one window to show them in.
    else this.#waiting.splice(0, 1, link);
  }

  /** From now on, and for what has waited. */
  deliver(follow: (link: string) => void): void {
    this.#follow = follow;
    for (const link of this.#waiting.splice(0)) follow(link);
  }
}

/**
 * Makes an installed app on Windows the one that opens `pulsewire:` links of this user. On macOS and Linux its package says so; one
 * that runs from its sources, or from wherever somebody put it, asks for nothing.
 */
export function registerLinks(log: Log): void {
  const isInstalled = app.isPackaged && process.env['PORTABLE_EXECUTABLE_FILE'] === undefined;
  if (process.platform !== 'win32' || !isInstalled) return;
  // After "--" nothing in a link is taken for a switch.
  const args = ['--'];
  if (app.isDefaultProtocolClient(linkScheme, process.execPath, args)) return;
  if (!app.setAsDefaultProtocolClient(linkScheme, process.execPath, args)) {
    log('warning', `Windows did not take Pulsewire as what opens ${linkScheme}: links.`);
  }
}
