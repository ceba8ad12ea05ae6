import { useCallback, useEffect, useState } from 'react';
import type { InvokeMethod } from '../../../shared/protocol/ipc-channels.ts';
import type { InstallTime, UpdateStatus } from '../../../shared/updates/update-status.ts';
import { findBridge } from '../../transport/find-bridge.ts';

/** The app's updates, for the dashboard. */
export interface UpdatesAccess {
  /** Null until the app has said it. */
  readonly status: UpdateStatus | null;
  readonly act: (method: UpdateDeed) => void;
  readonly install: (time: InstallTime) => void;
}

export type UpdateDeed = Extract<InvokeMethod, 'checkForUpdates' | 'downloadUpdate' | 'cancelDownload'>;

/** How far the updates are, renewed as it changes. */
export function useUpdates(): UpdatesAccess {
  const [status, setStatus] = useState<UpdateStatus | null>(null);
  useEffect(() => {
    const bridge = findBridge();
    const stop = bridge?.updates.onChange(setStatus);
    // What the app has told meanwhile is newer.
    void bridge?.invoke('updateStatus').then((answer) => setStatus((known) => known ?? answer));
    return stop;
  }, []);
  return {
    status,
    act: useCallback((method) => void findBridge()?.invoke(method), []),
    install: useCallback((time) => void findBridge()?.invoke('installUpdate', time), []),
  };
}
