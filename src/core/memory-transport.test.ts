import type { Frame } from '../shared/protocol/index.ts';
import { MemoryTransport } from './memory-transport.ts';
import { describeTransportContract } from './testing/transport-contract.ts';

describeTransportContract('MemoryTransport', async () => {
  const [transport, far] = MemoryTransport.pair();
  const received: Frame[] = [];
  far.onMessage((frame) => received.push(frame));
  return {
    transport,
    peer: {
      received,
      send: (frame) => far.send(frame),
      close: () => far.close({ code: 'clientClosed', message: 'The peer left.' }),
      abort: () => far.terminate(),
      closed: far.closed,
    },
    settle: () => new Promise((resolve) => setTimeout(resolve, 0)),
    dispose: async () => transport.terminate(),
  };
});
