import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import type { ClientPlatform } from '../connect.ts';
import { createReachableConnect } from '../reachability.ts';
import { connectByWebSocket } from '../websocket-transport.ts';
import { parseFingerprint } from './certificate-pin.ts';
import { createSocketOpener } from './open-socket.ts';
import { createPinnedFetch } from './pinned-fetch.ts';
import { createTcpProbe } from './tcp-probe.ts';

/** Node: `ws`, which sends headers and takes a connection whose certificate has been looked at. */
export const nodePlatform: ClientPlatform = {
  createConnect: ({ streamUrl }, { token, certificateFingerprint, encoding }) => ({
    connect: createReachableConnect({
      clock: systemClock,
      connect: connectByWebSocket(streamUrl, {
        openSocket: createSocketOpener({ token, fingerprint: parseFingerprint(certificateFingerprint) }),
        encoding,
      }),
      probe: createTcpProbe(streamUrl),
    }),
  }),
  createFetch: ({ certificateFingerprint }) => {
    const fingerprint = parseFingerprint(certificateFingerprint);
    return fingerprint === null ? fetch : createPinnedFetch(fingerprint);
  },
};
