import type { SettingsFile } from '../../node/config/settings-file.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { parsePreferences, type Preferences } from '../../shared/preferences/preferences.ts';
import type { DeedAnswer } from '../../shared/protocol/ipc-channels.ts';
import {
  defaultAppSettings,
  type NoticeName,
  type UpdateChoice,
} from '../../shared/settings/app-settings.ts';
import { isViewSetting, type SettingChange } from '../../shared/settings/changeable-settings.ts';
import type { SettingsSnapshot } from '../../shared/settings/settings-snapshot.ts';

/** How the app behaves, with the defaults where the file says nothing. */
export interface AppBehaviour {
  readonly startAtLogin: boolean;
  readonly startHidden: boolean;
  readonly closeToTray: boolean;
  readonly updates: UpdateChoice;
  readonly notifications: Readonly<Record<NoticeName, boolean>>;
}

/** What is used of the file. */
export type SettingsSource = Pick<
  SettingsFile,
  'path' | 'current' | 'written' | 'problems' | 'needRestart' | 'locked' | 'change'
>;

/** The settings file as the app and its pages use it. The file is the caller's. */
export class AppSettings {
  readonly #file: SettingsSource;

  constructor(file: SettingsSource) {
    this.#file = file;
  }

  /** As it is now. */
  behaviour(): AppBehaviour {
    const { app } = this.#file.current();
    const set = Object.fromEntries(
      Object.entries(app ?? {}).filter(([key, value]) => key !== 'notifications' && value !== undefined),
    );
    const notices = Object.entries(app?.notifications ?? {}).filter(([, value]) => value !== undefined);
    return {
      ...defaultAppSettings,
      ...set,
      notifications: { ...defaultAppSettings.notifications, ...Object.fromEntries(notices) },
    };
  }

  /** Whether the administrator of the machine has turned updates off. */
  areUpdatesForbidden(): boolean {
    return this.#file.locked().includes('app.updates') && this.behaviour().updates === 'off';
  }

  /** How the app's user wants to see a host. */
  view(): Preferences {
    return parsePreferences(this.#file.written()['view']);
  }

  /** What a page sees of it. */
  snapshot(mayChangeAll: boolean): SettingsSnapshot {
    const { app, sampling, budget } = this.#file.current();
    const view = this.#file.written()['view'] as Record<string, unknown> | undefined;
    return {
      path: this.#file.path,
      values: { app, sampling, budget: budget && { cpuShare: budget.cpuShare }, view },
      problems: [...this.#file.problems()],
      needRestart: this.#file.needRestart(),
      locked: this.#file.locked(),
      mayChangeAll,
    };
  }

  /** Makes a page's changes, all or none. Throws MonitorError `forbidden` where the page may not; else says what failed. */
  async change(changes: readonly SettingChange[], mayChangeAll: boolean): Promise<DeedAnswer> {
    if (!mayChangeAll && !changes.every(({ key }) => isViewSetting(key))) {
      throw new MonitorError('forbidden', 'Only the dashboard changes the settings of this machine.');
    }
    try {
      await this.#file.change(changes.map(({ key, value }) => ({ path: key.split('.'), value })));
      return { status: 'done' };
    } catch (thrown) {
      return { status: 'failed', message: MonitorError.from(thrown).message };
    }
  }
}
