import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Monitor } from '../core/monitor.ts';
import { createFakeCpu } from '../core/testing/fake-collector.ts';
import { FakeClock } from '../shared/lifecycle/fake-clock.ts';
import { IpcSessions } from './ipc-sessions.ts';

const hello = JSON.stringify({ type: 'hello', protocol: 1, client: { name: 'page', version: '1' } });
const subscribe = JSON.stringify({ type: 'subscribe', id: 'main', topics: ['cpu'], intervalMs: 1_000 });

/** What IpcSessions listens to, and nothing of Electron beside. */
class FakeContents extends EventEmitter {
  readonly id = 7;

  navigate(isSameDocument = false): void {
    this.emit('did-start-navigation', { isMainFrame: true, isSameDocument });
  }
}

describe('IpcSessions', () => {
  let monitor: Monitor;
  let clock: FakeClock;
  let sessions: IpcSessions;
  let contents: FakeContents;
  let said: string[];

  beforeEach(() => {
    clock = new FakeClock();
    monitor = new Monitor({
      clock,
      collectors: [createFakeCpu(clock)],
      hostName: 'test',
      version: '1',
      platform: 'linux',
      instanceId: 'i',
    });
    said = [];
    sessions = new IpcSessions({
      sendFrame: (_id, frame) => said.push((JSON.parse(frame as string) as { type: string }).type),
      sendClose: (_id, reason) => said.push(`close ${reason.code}`),
      accept: (transport, view) =>
        void monitor.accept(transport, { kind: view, grant: { scope: 'local', tokenId: null, name: null } }),
    });
    contents = new FakeContents();
    sessions.attach(contents as unknown as WebContents);
  });
  afterEach(async () => {
    const closing = monitor.close('The test is over.');
    await clock.advance(60_000);
    await closing;
    expect(monitor.tasks.live()).toEqual([]);
  });

  const connect = async (): Promise<void> => {
    sessions.receive(7, 'window', hello);
    sessions.receive(7, 'window', subscribe);
    await clock.advance(10);
  };
  const closedReasons = (): string[] => monitor.closedSessions().map(({ reason }) => reason.split(':')[0]!);

  it('serves a page from its hello on', async () => {
    await connect();
    expect(said.slice(0, 2)).toEqual(['welcome', 'snapshot']);
    expect(monitor.sessionCount).toBe(1);
  });

  it('ends the old session, silently, before it begins one for a second hello', async () => {
    await connect();
    said.length = 0;
    await connect();
    expect(monitor.sessionCount).toBe(1);
    expect(closedReasons()).toEqual(['replaced']);
    expect(said[0]).toBe('welcome');
    expect(said).not.toContain('bye');
  });

  it.each([
    ['a reload', (page: FakeContents) => page.navigate(), 'disconnected'],
    ['a crash', (page: FakeContents) => page.emit('render-process-gone'), 'disconnected'],
    ['the end of the window', (page: FakeContents) => page.emit('destroyed'), 'clientClosed'],
  ])('ends a session with %s', async (_what, end, code) => {
    await connect();
    end(contents);
    await clock.advance(10);
    expect(monitor.sessionCount).toBe(0);
    expect(sessions.size).toBe(0);
    expect(closedReasons()).toEqual([code]);
    expect(monitor.closedSessions()[0]).toMatchObject({ tasksLeft: 0, notStopped: [] });
  });

  it('ends a session when the page leaves', async () => {
    await connect();
    sessions.leave(7);
    await clock.advance(10);
    expect(closedReasons()).toEqual(['clientClosed']);
  });

  it('keeps a session through a navigation within the document', async () => {
    await connect();
    contents.navigate(true);
    await clock.advance(10);
    expect(monitor.sessionCount).toBe(1);
  });

  it('says bye and closes when the host closes', async () => {
    await connect();
    said.length = 0;
    const closing = monitor.close('The app quits.');
    await clock.advance(10);
    await closing;
    expect(said).toEqual(['bye', 'close shutdown']);
  });

  it('begins nothing for a frame without a hello, and counts it', async () => {
    sessions.receive(7, 'window', '{"type":"ack","seq":1}');
    sessions.receive(7, 'window', 'nonsense');
    expect(monitor.sessionCount).toBe(0);
    expect(sessions.strayFrames).toBe(2);
  });
});
