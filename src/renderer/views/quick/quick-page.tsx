import { useEffect, useState } from 'react';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import type { PulsewireBridge } from '../../../shared/protocol/ipc-channels.ts';
import type { Sample } from '../../../shared/series/sample.ts';
import { connectByIpc } from '../../transport/ipc-transport.ts';
import { Localized } from '../localized.tsx';
import { SessionPage } from '../session-page.tsx';
import { QuickView } from './quick-view.tsx';
import { readRecent } from './read-recent.ts';

export interface QuickPageProps {
  readonly bridge: PulsewireBridge;
  /** What was read lately, to begin with. */
  readonly recent: readonly Sample[];
}

/** As far back as its charts reach, and a little. */
const pastMs = 70_000;

/** The quick view in the app, in the language that was chosen. */
export function QuickPage({ bridge, recent }: QuickPageProps) {
  return (
    <Localized>
      <Showings bridge={bridge} recent={recent} />
    </Localized>
  );
}

/**
 * Each showing has a session of its own, which begins with what the tray has just read: whoever looks has figures in the first
 * frame, and none of the last time.
 */
function Showings({ bridge, recent }: QuickPageProps) {
  const [showing, setShowing] = useState({ number: 0, recent });
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState !== 'visible') return;
      void readRecent(bridge).then((read) =>
        setShowing(({ number }) => ({ number: number + 1, recent: read })),
      );
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [bridge]);
  return (
    <SessionPage
      key={showing.number}
      clock={systemClock}
      connect={connectByIpc(bridge, 'tray')}
      clientName="Quick view"
      recent={showing.recent}
      pastMs={pastMs}
    >
      <QuickView bridge={bridge} />
    </SessionPage>
  );
}
