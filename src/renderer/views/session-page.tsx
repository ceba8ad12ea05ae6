import { useEffect, useState, type ReactNode } from 'react';
import { SessionContext } from '../session-context.ts';
import { Session, type SessionOptions } from '../session.ts';

export interface SessionPageProps extends SessionOptions {
  /** The host does not accept this client's token any more. */
  readonly onPairingNeeded?: (message: string) => void;
  readonly children: ReactNode;
}

/**
 * Holds the page's one session: started when it appears, hidden with the page, closed when it goes. Its options
 * are those of the first rendering.
 */
export function SessionPage({ onPairingNeeded, children, ...options }: SessionPageProps) {
  const [session] = useState(() => new Session(options));

  useEffect(() => {
    const root = document.getElementById('root');
    const stops = [
      session.ticker.onFrame(() => {
        if (root) root.dataset['seq'] = String(session.store.seq);
      }),
      session.onStatus(() => {
        const { connection } = session.status();
        if (connection.phase === 'closed' && connection.pairingNeeded)
          onPairingNeeded?.(connection.reason.message);
      }),
      listen(document, 'visibilitychange', () => session.setVisible(document.visibilityState === 'visible')),
      listen(window, 'online', () => session.checkNow()),
      listen(window, 'pagehide', () => void session.close()),
      // A page that the browser kept and shows again has closed its session on leaving.
      listen(window, 'pageshow', (event) => {
        if ((event as PageTransitionEvent).persisted) location.reload();
      }),
    ];
    session.setVisible(document.visibilityState === 'visible');
    session.start();
    return () => {
      for (const stop of stops) stop();
      void session.close();
    };
  }, [session, onPairingNeeded]);

  return <SessionContext value={session}>{children}</SessionContext>;
}

function listen(target: EventTarget, type: string, listener: (event: Event) => void): () => void {
  target.addEventListener(type, listener);
  return () => target.removeEventListener(type, listener);
}
