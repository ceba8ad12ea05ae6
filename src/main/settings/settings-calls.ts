import { dialog, shell } from 'electron';
import type { DataFolder } from '../../node/config/data-folder.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { DataFacts, DeedAnswer, InvokeCall } from '../../shared/protocol/ipc-channels.ts';
import { t } from '../../shared/texts/texts.ts';
import type { HostWatch } from '../upstream/host-watch.ts';
import type { AppSettings, SettingsSource } from './app-settings.ts';
import { measureData } from './data-facts.ts';
import type { LoginStart } from './login-start.ts';

export interface SettingsCallsOptions {
  readonly settings: AppSettings;
  readonly file: SettingsSource;
  readonly dataFolder: DataFolder;
  readonly licencesPath: string;
  readonly loginStart: Pick<LoginStart, 'problem'>;
  readonly hosts: Pick<HostWatch, 'known' | 'forget'>;
}

/** Calls that are about the settings and what the app keeps. */
export type SettingsCall = Extract<
  InvokeCall,
  { method: 'changeSettings' | 'dataFacts' | 'chooseDataFolder' | 'openPlace' | 'forgetHost' }
>;

/** Answers what a page asks about the settings and what the app keeps. */
export class SettingsCalls {
  readonly #options: SettingsCallsOptions;

  constructor(options: SettingsCallsOptions) {
    this.#options = options;
  }

  /**
   * `isDashboard` says whether it is the dashboard that asks; of other pages only changes of the view are taken. Throws
   * MonitorError `forbidden` for the rest.
   */
  async answer(call: SettingsCall, isDashboard: boolean): Promise<DeedAnswer | DataFacts> {
    const { settings, hosts } = this.#options;
    if (call.method === 'changeSettings') return settings.change(call.params, isDashboard);
    if (!isDashboard) throw new MonitorError('forbidden', 'Only the dashboard does this.');
    switch (call.method) {
      case 'dataFacts':
        return this.#facts();
      case 'chooseDataFolder':
        return attempt(() => this.#chooseFolder());
      case 'openPlace':
        return attempt(() => this.#open(call.params));
      case 'forgetHost':
        return attempt(() => hosts.forget(call.params.id));
    }
  }

  async #facts(): Promise<DataFacts> {
    const { dataFolder, file, hosts, loginStart } = this.#options;
    return {
      folder: dataFolder.path,
      settingsFile: file.path,
      bytes: await measureData(dataFolder),
      hosts: await hosts.known(),
      loginProblem: loginStart.problem,
    };
  }

  async #chooseFolder(): Promise<void> {
    const { dataFolder, file } = this.#options;
    const { canceled, filePaths } = await dialog.showOpenDialog({
      title: t('settings:data.choose'),
      defaultPath: dataFolder.path,
      properties: ['openDirectory', 'createDirectory'],
    });
    const [path] = filePaths;
    if (canceled || path === undefined || path === dataFolder.path) return;
    await file.change([{ path: ['dataFolder'], value: path }]);
  }

  async #open(place: Extract<SettingsCall, { method: 'openPlace' }>['params']): Promise<void> {
    const { dataFolder, file, licencesPath } = this.#options;
    // One that is not there yet is made, so that there is something to edit.
    if (place === 'settingsFile') await file.change([]);
    const path = { dataFolder: dataFolder.path, settingsFile: file.path, licences: licencesPath }[place];
    const problem = await shell.openPath(path);
    if (problem !== '') throw new Error(problem);
  }
}

async function attempt(act: () => Promise<unknown>): Promise<DeedAnswer> {
  try {
    await act();
    return { status: 'done' };
  } catch (thrown) {
    return { status: 'failed', message: MonitorError.from(thrown).message };
  }
}
