import { dialog } from 'electron';
import type { Log } from '../../node/server/log.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { LinkedHost } from '../../shared/protocol/ipc-channels.ts';
import { t } from '../../shared/texts/texts.ts';
import { parseAppLink, type LinkRefusal } from './parse-app-link.ts';

export interface AppLinksOptions {
  readonly log: Log;
  /** Shows a page of the dashboard in front; without a name the one that it is at. */
  readonly openPage: (page?: string) => void;
  /** Shows where another host's address and code are entered. */
  readonly openWatching: () => void;
}

/** Follows links: shows what they ask for, and does nothing else. Whoever reads what is shown decides. */
export class AppLinks {
  readonly #options: AppLinksOptions;
  #linked: LinkedHost | null = null;
  #isExplaining = false;

  constructor(options: AppLinksOptions) {
    this.#options = options;
  }

  /** A link that asks for nothing that is known is refused, and says why. */
  follow(text: string): void {
    const { openPage, openWatching } = this.#options;
    const link = parseAppLink(text);
    switch (link.kind) {
      case 'open':
        openPage(link.page);
        break;
      case 'pair':
        this.#linked = { host: link.host, code: link.code };
        openWatching();
        break;
      case 'refused':
        openPage();
        this.#refuse(link.why);
    }
  }

  /** The host that the last link named, for the form that it is filled into. Given out once. */
  takeHost(): LinkedHost | null {
    const linked = this.#linked;
    this.#linked = null;
    return linked;
  }

  #refuse(why: LinkRefusal): void {
    const { log } = this.#options;
    // Not the link itself: there may be a code in it.
    log('warning', `A pulsewire: link was refused: ${reasons[why]}`);
    // A page that opens one link after the other gets one dialog.
    if (this.#isExplaining) return;
    this.#isExplaining = true;
    const content = {
      type: 'warning',
      message: t('app:link.refused'),
      detail: t(`app:link.${why}`),
    } as const;
    dialog
      .showMessageBox({ title: t('appName'), ...content })
      .catch((thrown: unknown) => log('warning', MonitorError.from(thrown).message))
      .finally(() => (this.#isExplaining = false));
  }
}

const reasons: Readonly<Record<LinkRefusal, string>> = {
  form: 'it is not written as one.',
  action: 'it asks for nothing that a link can.',
  page: 'there is no such page.',
  address: 'it names no address of a host that is reached with encryption.',
  code: 'what it has for a pairing code is none.',
};
