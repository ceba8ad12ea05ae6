import { describe, expect, it } from 'vitest';
import { describeTransportContract } from '../core/testing/transport-contract.ts';
import type { Frame } from '../shared/protocol/index.ts';
import { IpcTransport } from './ipc-transport.ts';

describeTransportContract('IpcTransport', async () => {
  const received: Frame[] = [];
  let seeClose: (value: unknown) => void = () => undefined;
  const closed = new Promise((resolve) => {
    seeClose = resolve;
  });
  // As between processes: a message is a copy, and arrives later.
  const later = (run: () => void): void => void Promise.resolve().then(run);
  const transport = new IpcTransport({
    sendFrame: (frame) => later(() => received.push(structuredClone(frame))),
    sendClose: (reason) => later(() => seeClose(reason)),
  });
  const leave = (code: 'clientClosed' | 'disconnected'): void =>
    later(() => {
      transport.abandon({ code, message: 'The page has gone.' });
      seeClose(code);
    });
  return {
    transport,
    peer: {
      received,
      send: (frame) => later(() => transport.receive(frame)),
      close: () => leave('clientClosed'),
      abort: () => leave('disconnected'),
      closed,
    },
    settle: async () => {
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    },
    dispose: async () => transport.terminate(),
  };
});

describe('IpcTransport', () => {
  it('says nothing to a page that has begun another connection', async () => {
    const said: unknown[] = [];
    const transport = new IpcTransport({
      sendFrame: (frame) => said.push(frame),
      sendClose: (reason) => said.push(reason),
    });
    transport.abandon({ code: 'replaced', message: 'The page said hello again.' });
    transport.send('bye');
    transport.close({ code: 'shutdown', message: 'The host closes.' });
    expect((await transport.closed).code).toBe('replaced');
    expect(said).toEqual([]);
  });
});
