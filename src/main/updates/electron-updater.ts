import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { app, type Session } from 'electron';
import type * as Library from 'electron-updater';
import type { Log } from '../../node/server/log.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { FoundUpdate } from '../../shared/updates/update-status.ts';
import { isAppLink } from '../links/parse-app-link.ts';
import { derivePlainNotes } from './plain-notes.ts';
import { isUpdateAddressAllowed } from './update-support.ts';
import type { Updater } from './updater.ts';

/** All that an update server is told: what is wanted, and in which part of a file. */
const sentHeaders: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'cache-control',
  'range',
  'user-agent',
]);

/** electron-updater's own code for a file that is not what was announced. */
const mismatch = 'ERR_CHECKSUM_MISMATCH';

/**
 * Updates by electron-updater, from where the package says (`app-update.yml` beside the program). Nothing is downloaded or installed
 * but when it is asked for; a lower version is none.
 */
export async function createElectronUpdater(log: Log): Promise<Updater> {
  // Loaded here, since an app that is not updated needs none of it. It is CommonJS, whose exports stand under one.
  const library = (await import('electron-updater')) as unknown as { readonly default: typeof Library };
  const { autoUpdater, CancellationToken } = library.default;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.allowDowngrade = false;
  autoUpdater.disableWebInstaller = true;
  autoUpdater.logger = null;
  guardSession(autoUpdater.netSession);

  let downloaded: Library.UpdateDownloadedEvent | null = null;
  let problem: unknown = null;
  let announcedBytes: number | null = null;
  autoUpdater.on('update-downloaded', (event) => (downloaded = event));
  autoUpdater.on('error', (error) => (problem = error));
  // A version in the file's name makes its successor another file.
  const emitter: NodeJS.EventEmitter = autoUpdater;
  emitter.on('appimage-filename-updated', (path: string) => (process.env['APPIMAGE'] = path));

  return {
    async check() {
      const result = await autoUpdater.checkForUpdates();
      if (!result?.isUpdateAvailable) return null;
      const found = toFound(result.updateInfo);
      announcedBytes = found.sizeBytes;
      return found;
    },
    async download(onReceived, signal) {
      const token = new CancellationToken();
      let isTooLarge = false;
      const onProgress = ({ total, transferred }: Library.ProgressInfo): void => {
        onReceived(transferred);
        if (announcedBytes === null || total <= announcedBytes) return;
        isTooLarge = true;
        token.cancel();
      };
      const onAbort = (): void => token.cancel();
      signal.addEventListener('abort', onAbort, { once: true });
      autoUpdater.on('download-progress', onProgress);
      try {
        await autoUpdater.downloadUpdate(token);
      } catch (thrown) {
        signal.throwIfAborted();
        if (isTooLarge) throw Object.assign(new Error('More comes than was announced.'), { code: mismatch });
        throw thrown;
      } finally {
        signal.removeEventListener('abort', onAbort);
        autoUpdater.off('download-progress', onProgress);
      }
    },
    async install(isRestart) {
      await verify(downloaded);
      // What is started next must not find this one, which has closed, in its place.
      app.releaseSingleInstanceLock();
      if (process.platform !== 'linux') {
        autoUpdater.autoRunAppAfterInstall = isRestart;
        autoUpdater.quitAndInstall(true, isRestart);
        // On macOS the system replaces the app, and ends this process when it may.
        if (process.platform === 'darwin') await new Promise(() => undefined);
        return;
      }
      const isDone = (autoUpdater as Library.BaseUpdater).install(true, false);
      if (!isDone) throw MonitorError.from(problem);
      if (isRestart) startAgain(log);
    },
    comeBack() {
      app.releaseSingleInstanceLock();
      if (process.platform === 'linux') startAgain(log);
      else app.relaunch();
    },
  };
}

function toFound({ version, releaseNotes, files }: Library.UpdateInfo): FoundUpdate {
  const largest = Math.max(...files.map(({ size }) => size ?? 0));
  return { version, notes: derivePlainNotes(releaseNotes), sizeBytes: largest > 0 ? largest : null };
}

/** Sends no more than is needed, to nobody but who is spoken to with encryption; redirections too. */
function guardSession(session: Session): void {
  // Chromium adds the user's languages after all that is said here.
  session.setUserAgent(session.getUserAgent(), 'en');
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isUpdateAddressAllowed(url) }));
  session.webRequest.onBeforeSendHeaders(({ requestHeaders }, decide) => {
    // The library numbers its users, for updates that come to some of them first.
    const kept = Object.entries(requestHeaders).filter(([name]) => sentHeaders.has(name.toLowerCase()));
    decide({ requestHeaders: Object.fromEntries(kept) });
  });
}

/** What was fetched lies in a folder of this user until it is installed, which may be days later. */
async function verify(downloaded: Library.UpdateDownloadedEvent | null): Promise<void> {
  if (!downloaded) throw new MonitorError('internal', 'There is nothing to install.');
  const hash = createHash('sha512');
  await pipeline(createReadStream(downloaded.downloadedFile), hash);
  const digest = hash.digest('base64');
  if (downloaded.files.some(({ sha512 }) => sha512 === digest)) return;
  throw Object.assign(new Error('The file was changed after it was downloaded.'), { code: mismatch });
}

/** As this app was started, but for a link: the library itself would leave out where the data is. */
function startAgain(log: Log): void {
  const program = process.env['APPIMAGE']!;
  const args = process.argv.slice(1).filter((argument) => !isAppLink(argument));
  const child = spawn(program, args, { detached: true, stdio: 'ignore' });
  child.on('error', (error) => log('error', `The new version could not be started: ${error.message}`));
  child.unref();
}
