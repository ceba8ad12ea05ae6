import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Log } from '../../node/server/log.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import type { UpdateChoice } from '../../shared/settings/app-settings.ts';
import type {
  FoundUpdate,
  InstallTime,
  UpdateOffReason,
  UpdateStatus,
} from '../../shared/updates/update-status.ts';
import { writeStateFile } from '../window-state.ts';
import { deriveUpdateFailure } from './derive-update-failure.ts';
import { downloadable, mayCheck, nextUpdateStatus, type UpdateEvent } from './update-state.ts';
import type { Updater } from './updater.ts';

export interface UpdatesOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Owns the checks and the download. */
  readonly scope: TaskScope;
  /** Why there are none; null where there are. */
  readonly offReason: UpdateOffReason | null;
  /** Asked for when it is needed first. */
  readonly createUpdater: () => Promise<Updater>;
  /** What the user wants to be done without being asked. */
  readonly choice: () => UpdateChoice;
  readonly onChange: (status: UpdateStatus) => void;
  /** Tells the desktop of a version, once for each. */
  readonly announce: (update: FoundUpdate) => void;
  /** Has the app close, and then `finish` called. */
  readonly quit: () => void;
  /** Where it is remembered which version was announced. */
  readonly statePath: string;
}

/** A start is busy enough. */
const firstCheckMs = 60_000;
const checkEveryMs = 24 * 3_600_000;
/** After one that failed, as where there is no network yet. */
const retryMs = 3_600_000;
/** It is looked at this often whether a day has passed: a clock that stands still during sleep would make weeks of days. */
const lookEveryMs = 600_000;
/** A page is told of what was received no more often. */
const progressEveryMs = 250;

const keptSchema = v.object({ announced: v.string() });

/** Looks for newer versions, says so, and does what it is asked or set to. Nothing is installed that nobody asked for. */
export class Updates {
  readonly #options: UpdatesOptions;
  #status: UpdateStatus;
  #updater: Promise<Updater> | null = null;
  #download: AbortController | null = null;
  /** When it was looked last (wall clock), and how long that is enough for. */
  #checkedAtMs = -Infinity;
  #enoughForMs = checkEveryMs;
  #isRestartWanted = false;
  #announced: string | null;

  constructor(options: UpdatesOptions) {
    const { clock, scope, offReason, statePath } = options;
    this.#options = options;
    this.#status =
      offReason === null ? { phase: 'idle', checkedAtMs: null } : { phase: 'off', reason: offReason };
    this.#announced = readAnnounced(statePath);
    if (offReason !== null) return;
    scope.adopt('download', () => this.cancel());
    scope.spawn('checks', async (signal) => {
      await clock.sleep(firstCheckMs, signal);
      for (;;) {
        if (this.#isDue()) await this.#checkByItself();
        await clock.sleep(lookEveryMs, signal);
      }
    });
  }

  status(): UpdateStatus {
    return this.#status;
  }

  /** Looks for a newer version now. Resolves when that is known, and says it by its status. Never rejects. */
  async check(): Promise<void> {
    if (!mayCheck(this.#status)) return;
    const { clock, log } = this.#options;
    this.#checkedAtMs = clock.wall();
    this.#enoughForMs = retryMs;
    this.#take({ type: 'checkBegan' });
    try {
      const update = await (await this.#load()).check();
      this.#enoughForMs = checkEveryMs;
      if (update) this.#take({ type: 'found', update });
      else this.#take({ type: 'nothingNewer', atMs: clock.wall() });
      if (update) log('info', `Pulsewire ${update.version} is out.`);
    } catch (thrown) {
      this.#fail('It could not be found out whether there is a newer version', thrown);
    }
  }

  /** Fetches what was found. Resolves when it is there, or is not. Never rejects. */
  async download(): Promise<void> {
    if (!downloadable(this.#status)) return;
    const { clock } = this.#options;
    const download = new AbortController();
    this.#download = download;
    this.#take({ type: 'downloadBegan' });
    let toldMs = -Infinity;
    try {
      const updater = await this.#load();
      download.signal.throwIfAborted();
      await updater.download((bytes) => {
        if (clock.monotonic() - toldMs < progressEveryMs) return;
        toldMs = clock.monotonic();
        this.#take({ type: 'received', bytes });
      }, download.signal);
      this.#take({ type: 'downloaded' });
    } catch (thrown) {
      if (download.signal.aborted) this.#take({ type: 'cancelled' });
      else this.#fail('The new version could not be fetched', thrown);
    } finally {
      if (this.#download === download) this.#download = null;
    }
  }

  /** Takes back a download that is under way. */
  cancel(): void {
    this.#download?.abort();
  }

  /** Has what is ready installed. `now` quits the app. */
  install(time: InstallTime): void {
    this.#take({ type: 'planned', whenQuitting: time !== 'later' });
    if (this.#status.phase !== 'ready') return;
    this.#isRestartWanted = time === 'now';
    if (time === 'now') this.#options.quit();
  }

  /** Installs what was planned, as the last thing that an app does which has closed. Never rejects. */
  async finish(): Promise<void> {
    if (this.#status.phase !== 'ready' || !this.#status.whenQuitting) return;
    const { version } = this.#status.update;
    const updater = await this.#load();
    try {
      await updater.install(this.#isRestartWanted);
      this.#options.log('info', `Pulsewire ${version} was installed.`);
    } catch (thrown) {
      this.#fail('The new version could not be installed, and this one stays', thrown);
      if (this.#isRestartWanted) updater.comeBack();
    }
  }

  /** A clock that was set back since says nothing. */
  #isDue(): boolean {
    const sinceMs = this.#options.clock.wall() - this.#checkedAtMs;
    return sinceMs < 0 || sinceMs >= this.#enoughForMs;
  }

  async #checkByItself(): Promise<void> {
    if (this.#options.choice() === 'off') return;
    await this.check();
    if (this.#status.phase !== 'available') return;
    if (this.#options.choice() === 'download') await this.download();
    this.#announce();
  }

  /** Of one that was announced before nobody is told again, and of one that could not be fetched neither: the page says why. */
  #announce(): void {
    const status = this.#status;
    if (status.phase !== 'available' && status.phase !== 'ready') return;
    const { version } = status.update;
    if (version === this.#announced) return;
    this.#announced = version;
    const { announce, statePath, log } = this.#options;
    announce(status.update);
    try {
      writeStateFile(statePath, { announced: version });
    } catch (thrown) {
      log('warning', `That a version was announced could not be kept in ${statePath}: ${String(thrown)}`);
    }
  }

  #load(): Promise<Updater> {
    this.#updater ??= this.#options.createUpdater();
    return this.#updater;
  }

  #fail(what: string, thrown: unknown): void {
    const why = deriveUpdateFailure(thrown);
    const [line] = MonitorError.from(thrown).message.split('\n', 1);
    this.#options.log('warning', `${what} (${why}): ${line}`);
    this.#take({ type: 'failed', why });
  }

  #take(event: UpdateEvent): void {
    const next = nextUpdateStatus(this.#status, event);
    if (next === this.#status) return;
    this.#status = next;
    this.#options.onChange(next);
  }
}

/** None where that makes no sense: at worst a version is announced once more. */
function readAnnounced(path: string): string | null {
  try {
    const kept = v.safeParse(keptSchema, JSON.parse(readFileSync(path, 'utf8')));
    return kept.success ? kept.output.announced : null;
  } catch {
    return null;
  }
}
