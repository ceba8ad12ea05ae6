import { readFileSync } from 'node:fs';
import { Notification } from 'electron';
import * as v from 'valibot';
import type { Monitor } from '../../core/monitor.ts';
import { createSubscriber, type Subscription } from '../../core/subscription.ts';
import { writeWhole } from '../../node/config/write-whole.ts';
import type { AuditActor } from '../../node/audit/audit-entry.ts';
import type { Log } from '../../node/server/log.ts';
import type { Pairing } from '../../node/server/pairing.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { parseServerMessage } from '../../shared/protocol/index.ts';
import { formatBytes, showText } from '../../shared/series/units.ts';
import type { NoticeName } from '../../shared/settings/app-settings.ts';
import { t } from '../../shared/texts/texts.ts';
import { toPlain } from '../to-plain.ts';
import { DiskFullWatch, type NearlyFull } from './disk-full-watch.ts';

/** Where a click on a notice leads. */
type NoticePage = 'disks' | 'viewers' | 'settings';

export interface NoticesOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly monitor: Monitor;
  readonly pairing: Pick<Pairing, 'onLetIn'>;
  /** Whether the user wants to be told of it now. */
  readonly isWanted: (name: NoticeName) => boolean;
  readonly openPage: (page: NoticePage) => void;
  /** Where it is remembered which file systems were told of. */
  readonly statePath: string;
}

/** A start is busy enough: nothing that can wait is told in its first minutes. */
const quietMs = 2 * 60_000;
/**
 * File systems fill slowly, and who asks about them keeps the process that probes them for a minute: asked each minute it
 * would never end, and hold more memory than all else that the app has in the tray.
 */
const diskIntervalMs = 5 * 60_000;

const toldSchema = v.record(v.string(), v.number());

/**
 * Tells the desktop of the few things that its user would want to know without looking: a file system nearly full, and a
 * device that somebody else let in. Ends with the monitor.
 */
export class Notices {
  readonly #options: NoticesOptions;
  readonly #disks: DiskFullWatch;
  /** Kept, since one that is collected as garbage is never clicked. */
  readonly #shown = new Set<Notification>();

  constructor(options: NoticesOptions) {
    this.#options = options;
    const { clock, monitor, pairing, statePath } = options;
    this.#disks = new DiskFullWatch(clock, readTold(statePath));
    const scope = monitor.tasks.service('notices');
    scope.adopt(
      'pairing',
      pairing.onLetIn(({ name, by }) => this.#tellOfDevice(name, by)),
    );
    scope.adopt('shown', () => this.#closeAll());
    scope.spawn('quiet start', async (signal) => {
      await clock.sleep(quietMs, signal);
      const { subscription } = monitor.hub.subscribe(
        {
          id: 'notices',
          topics: ['filesystem'],
          intervalMs: diskIntervalMs,
          encoding: 'json',
          projection: 'whole',
        },
        createSubscriber((ready) => this.#onReady(ready)),
      );
      scope.adopt('subscription', subscription);
    });
  }

  /** A newer version of the app is out. Whoever calls it says it once. */
  tellOfUpdate(version: string): void {
    this.#show(t('notifications:update.title', { version }), t('notifications:update.body'), 'settings');
  }

  #onReady(subscription: Subscription): void {
    const delivery = subscription.take();
    if (!delivery || !this.#options.isWanted('diskFull')) return;
    const message = parseServerMessage(delivery.frame);
    if (message.type !== 'snapshot' && message.type !== 'sample') return;
    const { filesystem } = message.sections;
    if (filesystem?.status !== 'ok') return;
    const full = this.#disks.observe(filesystem.data);
    if (full.length === 0) return;
    for (const each of full) this.#tellOfDisk(each);
    const { statePath, log } = this.#options;
    writeWhole(statePath, `${JSON.stringify(this.#disks.told())}\n`).catch((thrown: unknown) =>
      log('warning', `What was told could not be remembered in ${statePath}: ${String(thrown)}`),
    );
  }

  #tellOfDisk({ mountPoint, availableBytes, totalBytes }: NearlyFull): void {
    const [free, total] = [showText(formatBytes(availableBytes)), showText(formatBytes(totalBytes))];
    const title = t('notifications:diskFull.title', { mount: toPlain(mountPoint) });
    this.#show(title, t('notifications:diskFull.body', { free, total }), 'disks');
  }

  /** Who let it in at a window of this app knows of it. */
  #tellOfDevice(name: string, by: AuditActor): void {
    if (by.kind === 'window' || by.kind === 'tray' || !this.#options.isWanted('newDevice')) return;
    const who = by.name ?? by.kind;
    const body = t('notifications:newDevice.body', { name: toPlain(name), by: toPlain(who) });
    this.#show(t('notifications:newDevice.title'), body, 'viewers');
  }

  #show(title: string, body: string, page: NoticePage): void {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    notification.on('click', () => this.#options.openPage(page));
    notification.on('close', () => this.#shown.delete(notification));
    this.#shown.add(notification);
    notification.show();
  }

  #closeAll(): void {
    for (const notification of this.#shown) notification.close();
    this.#shown.clear();
  }
}

/** What was kept; nothing where that makes no sense: at worst something is told once more. */
function readTold(path: string): Record<string, number> {
  try {
    const parsed = v.safeParse(toldSchema, JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.output : {};
  } catch {
    return {};
  }
}
