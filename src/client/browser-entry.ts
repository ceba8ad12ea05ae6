import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import { connectOn, pairOn, type ClientPlatform, type ConnectOptions, type PairOptions } from './connect.ts';
import type { PairingOutcome } from './pairing-client.ts';
import type { PulsewireClient } from './pulsewire-client.ts';
import { createHealthProbe, createReachableConnect } from './reachability.ts';
import { connectByWebSocket } from './websocket-transport.ts';

export * from './public.ts';

const platform: ClientPlatform = {
  createConnect: ({ streamUrl }, { token, certificateFingerprint, encoding }) => {
    refuseFingerprint(certificateFingerprint);
    // A browser's WebSocket sends no header of ours.
    const connect = createReachableConnect({
      clock: systemClock,
      connect: connectByWebSocket(streamUrl, { encoding }),
      probe: createHealthProbe(streamUrl),
    });
    return { connect, helloToken: token };
  },
  createFetch: ({ certificateFingerprint }) => {
    refuseFingerprint(certificateFingerprint);
    return fetch;
  },
};

/** See `connectOn`. In a browser the page must come from the host itself: it takes no connections of foreign pages. */
export function connect(options: ConnectOptions): PulsewireClient {
  return connectOn(platform, options);
}

/** See `pairOn`. */
export function pair(options: PairOptions): Promise<PairingOutcome> {
  return pairOn(platform, options);
}

function refuseFingerprint(fingerprint: string | undefined): void {
  if (fingerprint === undefined) return;
  throw new MonitorError(
    'unsupported',
    'A browser shows its pages no certificate, so that none can be pinned here.',
  );
}
