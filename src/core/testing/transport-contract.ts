import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Frame } from '../../shared/protocol/index.ts';
import type { CloseReason, Transport } from '../transport.ts';

/** The far side of a transport under test, as a client would drive it. */
export interface TransportPeer {
  readonly received: readonly Frame[];
  send(frame: string): void;
  /** Leaves in good order. */
  close(): void;
  /** Goes without a word, as a pulled plug or a killed process does. */
  abort(): void;
  /** Settles when the peer has seen the connection end. */
  readonly closed: Promise<unknown>;
}

export interface TransportUnderTest {
  readonly transport: Transport;
  readonly peer: TransportPeer;
  /** Lets what is on its way arrive. */
  settle(): Promise<void>;
  dispose(): Promise<void>;
}

const reason: CloseReason = { code: 'shutdown', message: 'The test is over.' };

/** What every Transport promises, run on each variant. */
export function describeTransportContract(name: string, create: () => Promise<TransportUnderTest>): void {
  describe(`${name} keeps the transport contract`, () => {
    let pipe: TransportUnderTest;
    beforeEach(async () => {
      pipe = await create();
    });
    afterEach(() => pipe.dispose());

    it('delivers frames whole and in order, both ways', async () => {
      const heard: Frame[] = [];
      pipe.transport.onMessage((frame) => heard.push(frame));
      const frames = Array.from({ length: 50 }, (_, index) => `{"n":${index},"text":"ä€😀"}`);
      for (const frame of frames) {
        pipe.peer.send(frame);
        pipe.transport.send(frame);
      }
      await pipe.settle();
      expect(heard).toEqual(frames);
      expect(pipe.peer.received).toEqual(frames);
    });

    it('delivers frames that go to many in order among the others, corked or not', async () => {
      const shared = { frame: '{"shared":"ä"}', wire: null };
      pipe.transport.send('1');
      pipe.transport.sendShared(shared);
      pipe.transport.cork();
      pipe.transport.send('2');
      pipe.transport.sendShared(shared);
      pipe.transport.uncork();
      pipe.transport.send('3');
      await pipe.settle();
      expect(pipe.peer.received).toEqual(['1', shared.frame, '2', shared.frame, '3']);
    });

    it('stops telling a listener that has unsubscribed, and goes on telling the others', async () => {
      const [first, second]: [Frame[], Frame[]] = [[], []];
      const stop = pipe.transport.onMessage((frame) => first.push(frame));
      pipe.transport.onMessage((frame) => second.push(frame));
      pipe.peer.send('one');
      await pipe.settle();
      stop();
      stop();
      pipe.peer.send('two');
      await pipe.settle();
      expect(first).toEqual(['one']);
      expect(second).toEqual(['one', 'two']);
    });

    it('settles `closed` with the reason it was closed for, and tells the peer', async () => {
      pipe.transport.close(reason);
      pipe.transport.close({ code: 'internal', message: 'A second close.' });
      expect(await pipe.transport.closed).toEqual(reason);
      await pipe.peer.closed;
    });

    it('delivers what was sent before the close', async () => {
      pipe.transport.send('last words');
      pipe.transport.close(reason);
      await pipe.peer.closed;
      expect(pipe.peer.received).toEqual(['last words']);
    });

    it('settles `closed` when the peer leaves', async () => {
      pipe.peer.close();
      expect((await pipe.transport.closed).code).toMatch(/^(clientClosed|disconnected)$/);
    });

    it('settles `closed` when the peer vanishes', async () => {
      pipe.peer.abort();
      expect((await pipe.transport.closed).code).toMatch(/^(clientClosed|disconnected)$/);
    });

    it('ends at once when it is terminated', async () => {
      pipe.transport.terminate();
      pipe.transport.terminate();
      await pipe.transport.closed;
      await pipe.peer.closed;
    });

    it('neither sends nor hears nor throws after the close', async () => {
      const heard: Frame[] = [];
      pipe.transport.onMessage((frame) => heard.push(frame));
      pipe.transport.close(reason);
      await pipe.transport.closed;
      await pipe.peer.closed;
      pipe.transport.send('too late');
      await pipe.settle();
      expect(heard).toEqual([]);
      expect(pipe.peer.received).toEqual([]);
    });
  });
}
