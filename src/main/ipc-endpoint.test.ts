import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import type { IpcMainEvent, WebContents, WebFrameMain } from 'electron';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { ipcChannels, type InvokeAnswer } from '../shared/protocol/ipc-channels.ts';
import { IpcEndpoint, type IpcListener } from './ipc-endpoint.ts';

const ipc = vi.hoisted(() => ({
  heard: new Map<string, (...all: never[]) => unknown>(),
  contents: new Map<number, unknown>(),
}));

vi.mock('electron', () => ({
  ipcMain: {
    on: (name: string, listener: () => void) => ipc.heard.set(name, listener),
    off: (name: string) => ipc.heard.delete(name),
    handle: (name: string, listener: () => void) => ipc.heard.set(name, listener),
    removeHandler: (name: string) => ipc.heard.delete(name),
  },
  webContents: { fromId: (id: number) => ipc.contents.get(id) },
}));

/** What the endpoint looks at of a page. */
class FakePage extends EventEmitter {
  readonly mainFrame = { parent: null, origin: 'app://pulsewire' } as WebFrameMain;
  readonly id: number;
  destroyed = false;

  constructor(id: number) {
    super();
    this.id = id;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }
}

const channelsToMain = ['clientFrame', 'clientClose', 'invoke', 'readSettings'] as const;
/** One payload list a channel that counts. */
const valid = {
  clientFrame: [{ view: 'window', frame: '{}' }],
  clientClose: [{ view: 'window' }],
  invoke: [{ method: 'appInfo' }],
  readSettings: [],
} as const;
const payloadsAChannel = 1_000;

let calls: string[];
let logged: string[];
let page: FakePage;
let endpoint: IpcEndpoint;
let answer: () => unknown;

/** Sends a message as Electron hands it over, and tells what the page gets back. */
function say(
  channel: (typeof channelsToMain)[number],
  payloads: readonly unknown[],
  from: { sender?: FakePage; senderFrame?: WebFrameMain | null } = {},
): { returned: unknown; value: unknown } {
  const sender = from.sender ?? page;
  const event = {
    sender: sender as unknown as WebContents,
    senderFrame: from.senderFrame === undefined ? sender.mainFrame : from.senderFrame,
    returnValue: undefined as unknown,
  };
  const listener = ipc.heard.get(ipcChannels[channel].name) as unknown as (
    event: IpcMainEvent,
    ...all: unknown[]
  ) => unknown;
  const value = listener(event as unknown as IpcMainEvent, ...payloads);
  return { returned: event.returnValue, value };
}

beforeEach(() => {
  calls = [];
  logged = [];
  answer = () => 'answered';
  const listener: IpcListener = {
    onFrame: (_id, view) => void calls.push(`frame ${view}`),
    onClientClose: (_id, view) => void calls.push(`close ${view}`),
    onInvoke: (_id, { method }) => {
      calls.push(`invoke ${method}`);
      return answer();
    },
    onReadSettings: () => {
      calls.push('settings');
      return { path: '', values: {}, problems: [], needRestart: [], locked: [], mayChangeAll: true };
    },
  };
  endpoint = new IpcEndpoint({ listener, log: (level, message) => logged.push(`${level}: ${message}`) });
  page = new FakePage(1);
  endpoint.register(page as unknown as WebContents, 'window');
});
afterEach(() => {
  endpoint[Symbol.dispose]();
  expect(ipc.heard.size).toBe(0);
});

/** Whatever structured clone can carry, and shapes near to what counts. */
const anything = fc.oneof(
  { weight: 4, arbitrary: fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, withSparseArray: true, withNullPrototype: true, withObjectString: true, maxDepth: 4 }) }, // prettier-ignore
  {
    weight: 3,
    arbitrary: fc.record(
      {
        method: fc.oneof(
          fc.constantFrom('constructor', '__proto__', 'Quit', 'quit ', 'toString', '', 'openPage', 'watchHost', 'openPlace', 'forgetHost', 'changeSettings', 'setQuickViewOnTop'), // prettier-ignore
          fc.anything(),
        ),
        params: fc.oneof(fc.anything(), fc.array(fc.anything(), { maxLength: 100 })),
        view: fc.oneof(fc.constantFrom('windows', '', '__proto__'), fc.integer(), fc.constant(null)),
        frame: fc.oneof(fc.integer(), fc.string({ minLength: 16_385, maxLength: 16_500 }), fc.constant(null)),
      },
      { requiredKeys: [] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      JSON.parse('{"__proto__": {"method": "quit"}}'),
      JSON.parse('{"constructor": {"prototype": {"method": "quit"}}}'),
      Object.create({ method: 'quit' }),
      nested(500),
      cyclic(),
      new Date(Number.NaN),
      new Error('x'),
      /x/,
      '\ud800',
      Number.NaN,
      'x'.repeat(1_000_000),
    ),
  },
);

function nested(depth: number): unknown {
  let value: unknown = { method: 'quit' };
  for (let level = 0; level < depth; level++) value = { params: value };
  return value;
}

function cyclic(): unknown {
  const value: Record<string, unknown> = { method: ['quit'] };
  value['params'] = value;
  return value;
}

describe('the one place where main hears pages', () => {
  it.each(channelsToMain)('calls nobody for a thousand malformed payloads on %s', async (channel) => {
    const schema = ipcChannels[channel].payload;
    // Of the channel that takes none, one payload is one too many whatever it is.
    const malformed = anything.filter((value) => channel === 'readSettings' || !v.is(schema, value));
    const payloads = fc.sample(malformed, { numRuns: payloadsAChannel, seed: 20_26 });
    expect(payloads).toHaveLength(payloadsAChannel);
    for (const payload of payloads) {
      const { returned, value } = say(channel, [payload]);
      if (channel === 'readSettings') expect(returned).toBeNull();
      if (channel === 'invoke') expect(await value).toMatchObject({ status: 'failed' });
    }
    expect(calls).toEqual([]);
    expect(endpoint.refusals).toBe(payloadsAChannel);
    expect(({} as Record<string, unknown>)['method']).toBeUndefined();
    expect(logged).toHaveLength(20);
    expect(logged.at(-1)).toMatch(/Further ones are not told of\.$/);
    for (const line of logged) expect(line.length).toBeLessThan(200);
  });

  it.each(channelsToMain)('takes one payload on %s, no fewer and no more', async (channel) => {
    say(channel, valid[channel]);
    expect(calls).toHaveLength(1);
    const more = [...valid[channel], ...(channel === 'readSettings' ? [undefined] : valid[channel])];
    const { returned, value } = say(channel, more);
    if (channel !== 'readSettings') say(channel, []);
    else expect(returned).toBeNull();
    if (channel === 'invoke') expect(await value).toMatchObject({ status: 'failed' });
    expect(calls).toHaveLength(1);
  });

  it.each(channelsToMain)(
    'hears on %s nobody but the top frame of a page that is ours, at home',
    (channel) => {
      const frame = (facts: Partial<WebFrameMain>) => ({ ...page.mainFrame, ...facts }) as WebFrameMain;
      const iframe = frame({ parent: page.mainFrame });
      const gone = new Proxy(page.mainFrame, {
        get: () => {
          throw new Error('Render frame was disposed before WebFrameMain could be accessed');
        },
      });
      for (const senderFrame of [iframe, frame({}), gone, null])
        say(channel, valid[channel], { senderFrame });
      say(channel, valid[channel], { sender: new FakePage(2) });
      for (const origin of [
        'https://example.com',
        'http://127.0.0.1:9740',
        'app://other',
        'null',
        'file://',
      ]) {
        (page.mainFrame as { origin: string }).origin = origin;
        say(channel, valid[channel]);
      }
      (page.mainFrame as { origin: string }).origin = 'app://pulsewire';
      page.destroyed = true;
      say(channel, valid[channel]);
      page.destroyed = false;
      expect([calls, endpoint.refusals]).toEqual([[], 11]);
      page.emit('destroyed');
      say(channel, valid[channel]);
      expect([calls, endpoint.refusals]).toEqual([[], 12]);
    },
  );

  it('takes no page for another view than its own', () => {
    say('clientFrame', [{ view: 'tray', frame: '{}' }]);
    say('clientClose', [{ view: 'tray' }]);
    expect([calls, endpoint.refusals]).toEqual([[], 2]);
  });

  it('answers a call that fails with the sentence alone, and does not fill the log with them', async () => {
    answer = () => {
      throw new MonitorError('forbidden', 'Only the dashboard does this.');
    };
    for (let turn = 0; turn < 100; turn++) {
      expect(await (say('invoke', valid.invoke).value as Promise<InvokeAnswer>)).toEqual({
        status: 'failed',
        message: 'Only the dashboard does this.',
      });
    }
    expect(logged).toHaveLength(20);
    expect(logged[0]).toBe('warning: appInfo failed: Only the dashboard does this.');
  });

  it('says what was expected of a payload, and nothing of what came', () => {
    const code = 'BCDF-GHJK\nforged line';
    say('invoke', [{ method: 'watchHost', params: { url: 7, code } }]);
    say('invoke', [{ method: code }]);
    expect(logged.join('\n')).not.toMatch(/BCDF|forged/);
    expect(logged[0]).toBe(
      'warning: A message of a page was refused: its payload is malformed at params.url (a string is expected).',
    );
  });
});
