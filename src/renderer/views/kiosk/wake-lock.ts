/** Whether the screen is kept awake: held; `refused` by the browser; `unsupported` here, as on plain HTTP. */
export type WakeLockState = 'waiting' | 'held' | 'refused' | 'unsupported';

/** What of a browser is needed. */
export interface WakeLockPlace {
  /** Absent where the page is not in a secure context, and in browsers without it. */
  readonly wakeLock: Pick<WakeLock, 'request'> | undefined;
  readonly document: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
}

/**
 * Keeps the screen awake while it lives. The browser lets go of the lock whenever the page is not seen; it is asked for again
 * when it is. Source: W3C Screen Wake Lock API. Returns what ends it.
 */
export function keepAwake(
  { wakeLock, document }: WakeLockPlace,
  onState: (state: WakeLockState) => void,
): () => void {
  if (!wakeLock) {
    onState('unsupported');
    return () => undefined;
  }
  let held: WakeLockSentinel | null = null;
  let isEnded = false;
  let isAsking = false;
  const ask = async (): Promise<void> => {
    if (isAsking || isEnded || held?.released === false || document.visibilityState !== 'visible') return;
    isAsking = true;
    try {
      held = await wakeLock.request('screen');
      if (isEnded) await held.release();
      else onState('held');
    } catch {
      // By its user, its power plan or its settings; none of them says which.
      if (!isEnded) onState('refused');
    } finally {
      isAsking = false;
    }
  };
  const look = (): void => void ask();
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    isEnded = true;
    document.removeEventListener('visibilitychange', look);
    void held?.release();
  };
}
