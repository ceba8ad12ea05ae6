import { useCallback, useEffect, useRef, useState } from 'react';
import { TaskScope } from '../../../shared/lifecycle/task-scope.ts';
import { useSession } from '../../session-context.ts';
import { keepAwake, type WakeLockState } from './wake-lock.ts';

/** How long somebody who moved the pointer is thought to be there. */
const attendedMs = 5_000;

export interface KioskScreen {
  readonly wakeLock: WakeLockState;
  /** Whether somebody is at the screen: then it shows how it is changed and left. */
  readonly isAttended: boolean;
  readonly isFull: boolean;
  /** Null where pages may not fill the screen. */
  readonly toggleFull: (() => void) | null;
}

/** Keeps the screen awake and full, and notices whoever comes to it. `onLeave`: they have ended the full screen. */
export function useKioskScreen(onLeave: () => void): KioskScreen {
  const { clock } = useSession();
  const [wakeLock, setWakeLock] = useState<WakeLockState>('waiting');
  const [isAttended, setAttended] = useState(true);
  const [isFull, setFull] = useState(document.fullscreenElement !== null);
  const leave = useRef(onLeave);
  useEffect(() => {
    leave.current = onLeave;
  });

  useEffect(() => keepAwake({ wakeLock: navigator.wakeLock, document }, setWakeLock), []);

  useEffect(() => {
    let scope: TaskScope | null = null;
    const attend = (): void => {
      void scope?.close('somebody is there still');
      setAttended(true);
      scope = new TaskScope('kiosk attendance', { clock });
      scope.spawn('wait', async (signal) => {
        await clock.sleep(attendedMs, signal);
        // What is in focus must be seen.
        if (!document.activeElement?.closest('.kiosk__bar')) setAttended(false);
      });
    };
    attend();
    const events = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const;
    for (const type of events) window.addEventListener(type, attend);
    return () => {
      for (const type of events) window.removeEventListener(type, attend);
      void scope?.close('the wall screen was left');
    };
  }, [clock]);

  useEffect(() => {
    const follow = (): void => {
      const isNow = document.fullscreenElement !== null;
      setFull(isNow);
      // Escape is the browser's own while a page fills the screen.
      if (!isNow) leave.current();
    };
    document.addEventListener('fullscreenchange', follow);
    return () => {
      document.removeEventListener('fullscreenchange', follow);
      if (document.fullscreenElement) void document.exitFullscreen();
    };
  }, []);

  const toggleFull = useCallback((): void => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void fillScreen();
  }, []);
  return { wakeLock, isAttended, isFull, toggleFull: document.fullscreenEnabled ? toggleFull : null };
}

/** Asks for the whole screen. Does nothing where the browser wants a click or a key first. */
export async function fillScreen(): Promise<void> {
  try {
    await document.documentElement.requestFullscreen();
  } catch {
    // It is offered as a button, too, which is a click.
  }
}
