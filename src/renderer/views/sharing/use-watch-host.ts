import { useEffect, useMemo, useState } from 'react';
import type { PulsewireBridge, WatchHost } from '../../../shared/protocol/ipc-channels.ts';
import { findBridge } from '../../transport/find-bridge.ts';
import { createPairingKey } from '../pairing/create-pairing-key.ts';

/** How far it is that another host is watched. */
export type WatchStep =
  | { readonly step: 'idle' }
  /** `key` is what the other host's screen shows; null where no code was given, and nobody is asked. */
  | { readonly step: 'waiting'; readonly key: string | null }
  /** The app is not let in there yet. */
  | { readonly step: 'codeNeeded'; readonly url: string }
  /** A known host shows another certificate than it did. */
  | {
      readonly step: 'otherCertificate';
      readonly url: string;
      readonly pinned: string;
      readonly shown: string;
    }
  /** `message` is the app's, in English; null where what was entered is no address or no code. */
  | { readonly step: 'failed'; readonly message: string | null };

/** Has other hosts watched in windows of the app. */
export interface Watching {
  readonly state: WatchStep;
  /** Opens a window on a host. `onOpened` is told where that was done. */
  readonly watch: (wanted: Omit<WatchHost, 'key'>, onOpened?: () => void) => void;
  /** Takes it back. */
  readonly cancel: () => void;
}

/** Null where this page may not: in a browser, and in the window of another host. */
export function useWatchHost(): Watching | null {
  const bridge = useWatchingBridge();
  const [state, setState] = useState<WatchStep>({ step: 'idle' });
  const acts = useMemo(() => bridge && createActs(bridge, setState), [bridge]);
  return useMemo(() => acts && { state, ...acts }, [acts, state]);
}

function createActs(bridge: PulsewireBridge, setState: (state: WatchStep) => void): Omit<Watching, 'state'> {
  let turn = 0;
  const watch: Watching['watch'] = (wanted, onOpened) => {
    const mine = ++turn;
    const key = wanted.code === undefined ? null : createPairingKey();
    setState({ step: 'waiting', key });
    // The bridge throws at once what it does not take.
    const ask = async () => bridge.invoke('watchHost', { ...wanted, ...(key !== null && { key }) });
    ask().then(
      (answer) => {
        // What was asked for since is what is shown.
        if (mine !== turn) return;
        if (answer.status === 'failed') setState({ step: 'failed', message: answer.message });
        else if (answer.status === 'codeNeeded') setState({ step: 'codeNeeded', url: wanted.url });
        else if (answer.status === 'otherCertificate') {
          const { pinned, shown } = answer;
          setState({ step: 'otherCertificate', url: wanted.url, pinned, shown });
        } else setState({ step: 'idle' });
        if (answer.status === 'opened') onOpened?.();
      },
      () => {
        if (mine === turn) setState({ step: 'failed', message: null });
      },
    );
  };
  return { watch, cancel: () => void bridge.invoke('cancelWatch') };
}

/** The bridge, once the app has said that this page may have hosts watched. */
function useWatchingBridge(): PulsewireBridge | null {
  const [bridge, setBridge] = useState<PulsewireBridge | null>(null);
  useEffect(() => {
    const found = findBridge();
    let isGone = false;
    void found?.invoke('appInfo').then(({ mayWatchHosts }) => {
      if (mayWatchHosts && !isGone) setBridge(() => found);
    });
    return () => {
      isGone = true;
    };
  }, []);
  return bridge;
}
