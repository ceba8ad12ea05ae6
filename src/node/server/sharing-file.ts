import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { hostActor } from '../audit/audit-entry.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { SettingsFile } from '../config/settings-file.ts';
import type { Log } from './log.ts';
import type { Sharing, SharingSwitch } from './sharing.ts';

/** The switch of sharing as the settings file has it: written when it is turned, followed when the file is changed by hand. */
export class SharingFile {
  readonly #settings: Pick<SettingsFile, 'change'>;
  /** What the file said last, or was told last: so that what we have written ourselves is not followed. */
  #last: SharingSwitch;

  constructor(settings: Pick<SettingsFile, 'change'>, { enabled, plainHttp }: SharingSwitch) {
    this.#settings = settings;
    this.#last = { enabled, plainHttp };
  }

  /** Throws MonitorError as `SettingsFile.change` does. */
  remember({ enabled, plainHttp }: SharingSwitch): Promise<void> {
    this.#last = { enabled, plainHttp };
    return this.#settings.change([
      { path: ['sharing', 'enabled'], value: enabled },
      { path: ['sharing', 'plainHttp'], value: plainHttp },
    ]);
  }

  /** Turns sharing as the file now says, where it says something else than before. What goes wrong is logged. */
  follow(
    { enabled, plainHttp }: SharingSwitch,
    sharing: Pick<Sharing, 'set'>,
    audit: Pick<AuditLog, 'note'>,
    log: Log,
  ): void {
    if (enabled === this.#last.enabled && plainHttp === this.#last.plainHttp) return;
    this.#last = { enabled, plainHttp };
    const about = { event: 'sharing.changed', who: hostActor, what: { enabled, plainHttp } } as const;
    sharing.set({ enabled, plainHttp }).then(
      () => void audit.note({ ...about, outcome: 'done' }),
      (thrown: unknown) => {
        const { code, message } = MonitorError.from(thrown);
        void audit.note({ ...about, outcome: 'failed', code, message });
        log('warning', message);
      },
    );
  }
}
