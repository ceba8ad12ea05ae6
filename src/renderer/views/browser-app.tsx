import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { readSetting, writeSetting } from '../settings.ts';
import type { Connect } from '../../client/client-transport.ts';
import { createHealthProbe, createReachableConnect } from '../../client/reachability.ts';
import { readAccessEnd } from '../../client/read-access-end.ts';
import { connectByWebSocket, streamUrl } from '../../client/websocket-transport.ts';
import { Localized } from './localized.tsx';
import { PairingPage } from './pairing/pairing-page.tsx';
import { takePairingCode } from './pairing/take-pairing-code.ts';
import { SessionPage } from './session-page.tsx';

/** A page in a browser: paired first, then connected over the host's WebSocket. Writes its own texts; `children` theirs. */
export function BrowserApp({ children }: { readonly children: ReactNode }) {
  const [token, setToken] = useState(() => readSetting('token'));
  const [ended, setEnded] = useState<string | null>(null);
  const [scannedCode, setScannedCode] = useState(() => takePairingCode(window));

  const forget = useCallback((message: string) => {
    writeSetting('token', null);
    setToken(null);
    setEnded(message);
  }, []);

  useEffect(() => {
    // Scanned once more while the page was open.
    const take = (): void => {
      const code = takePairingCode(window);
      if (code !== null) setScannedCode(code);
    };
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);

  if (token === null) {
    return (
      <Localized>
        <PairingPage
          key={scannedCode}
          ended={ended}
          scannedCode={scannedCode}
          onPaired={(issued) => {
            writeSetting('token', issued);
            setEnded(null);
            setScannedCode(null);
            setToken(issued);
          }}
        />
      </Localized>
    );
  }
  return (
    <SessionPage
      clock={systemClock}
      connect={connectToHost()}
      clientName={readSetting('deviceName') ?? 'Browser'}
      token={token}
      readAccessEnd={(signal) => readAccessEnd(token, signal)}
      onPairingNeeded={forget}
    >
      {children}
    </SessionPage>
  );
}

/** To the host that served the page. */
function connectToHost(): Connect {
  const url = streamUrl(location);
  return createReachableConnect({
    clock: systemClock,
    connect: connectByWebSocket(url),
    probe: createHealthProbe(url),
  });
}
