import type { FoundUpdate } from '../../shared/updates/update-status.ts';

/** What looks for updates, fetches them and installs them. */
export interface Updater {
  /** A newer version than this one; null where there is none. Rejects with what went wrong. */
  check(): Promise<FoundUpdate | null>;
  /**
   * Fetches what the last check found, and holds it to its checksum and, where the platform has them, its signature. Rejects with
   * what went wrong, or with the signal's reason.
   */
  download(onReceived: (bytes: number) => void, signal: AbortSignal): Promise<void>;
  /**
   * Installs what was fetched; throws where that fails, or where it is not any more what it was. The app must have closed, and is
   * started again where that is wanted. Resolves where the app is to exit now.
   */
  install(isRestart: boolean): Promise<void>;
  /** Has the app come back once it has ended, as it is. */
  comeBack(): void;
}
