import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/lifecycle/system-clock.ts';
import { createFrame, opcodes } from '../testing/raw-frame.ts';
import { RawPeer } from '../testing/raw-peer.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const subscribe = (rest: string): string => `{"type":"subscribe","id":"a","topics":["cpu"],${rest}}`;
const request = (rest: string): string => `{"type":"request","id":"r",${rest}}`;

/** Texts that close the connection with 1007, since they are no message. */
const malformed: readonly (readonly [string, string])[] = [
  ['nested 8 000 arrays deep', '['.repeat(8_000) + ']'.repeat(8_000)],
  ['8 000 brackets that are never closed', '['.repeat(8_000)],
  ['nested 2 000 objects deep', '{"a":'.repeat(2_000) + '1' + '}'.repeat(2_000)],
  ['only white space', ' '.repeat(1_000)],
  ['null', 'null'],
  ['a number', '17'],
  ['a text', '"hello"'],
  ['an array of messages', '[{"type":"ping","t":1}]'],
  ['an object without a type', '{"t":1}'],
  ['a type that is a number', '{"type":1}'],
  ['a type that is an object', '{"type":{"toString":"ping"}}'],
  ['NaN', '{"type":"ping","t":NaN}'],
  ['a number beyond all bounds', '{"type":"ping","t":1e999}'],
  ['a number of 10 000 digits', `{"type":"ping","t":${'9'.repeat(10_000)}}`],
  ['a number in quotes', '{"type":"ping","t":"1"}'],
  ['single quotes', "{'type':'ping','t':1}"],
  ['a comma too many', '{"type":"ping","t":1,}'],
  ['a comment', '{"type":"ping",/* */"t":1}'],
  ['two messages in one', '{"type":"ping","t":1}{"type":"ping","t":2}'],
  ['a byte order mark', '\ufeff{"type":"ping","t":1}'],
  ['a NUL behind it', '{"type":"ping","t":1}\u0000'],
  ['a sequence below zero', '{"type":"ack","seq":-1}'],
  ['half a sequence', '{"type":"ack","seq":0.5}'],
  ['a sequence beyond the safe integers', '{"type":"ack","seq":9007199254740993}'],
  ['an id of 65 letters', `{"type":"unsubscribe","id":"${'x'.repeat(65)}"}`],
  ['an empty id', '{"type":"unsubscribe","id":""}'],
  ['no topics', '{"type":"subscribe","id":"a","topics":[],"intervalMs":250}'],
  ['a topic that is not there', '{"type":"subscribe","id":"a","topics":["__proto__"],"intervalMs":250}'],
  [
    'a thousand topics',
    `{"type":"subscribe","id":"a","topics":[${'"cpu",'.repeat(999)}"cpu"],"intervalMs":250}`,
  ],
  ['an interval of half a millisecond', subscribe('"intervalMs":0.5')],
  ['an interval below zero', subscribe('"intervalMs":-250')],
  ['a method of 65 letters', request(`"method":"${'x'.repeat(65)}"`)],
];

/** Texts that are answered, and by what; the connection goes on. */
const answered: readonly (readonly [string, string, string])[] = [
  ['a type that nobody knows', '{"type":"nothing"}', '"unknownType"'],
  ['a type that every object has', '{"type":"__proto__"}', '"unknownType"'],
  ['a type of ten thousand letters', `{"type":"${'x'.repeat(10_000)}"}`, '"unknownType"'],
  [
    'a key twice, of which the last counts',
    '{"type":"nothing","type":"ping","t":4}',
    '{"type":"pong","t":4}',
  ],
  ['a __proto__ beside', '{"type":"ping","t":5,"__proto__":{"polluted":1}}', '{"type":"pong","t":5}'],
  ['a constructor beside', '{"type":"ping","t":6,"constructor":{"prototype":{"polluted":1}}}', '"t":6'],
  ['the greatest number there is', '{"type":"ping","t":1.7976931348623157e308}', '1.7976931348623157e+308'],
  ['minus zero', '{"type":"ping","t":-0}', '{"type":"pong","t":0}'],
  ['an id of half a surrogate pair', '{"type":"unsubscribe","id":"\\ud800"}', '"\\ud800"'],
  [
    'an id that every object has',
    '{"type":"unsubscribe","id":"__proto__"}',
    '{"type":"done","id":"__proto__"}',
  ],
  ['an id that is a script', '{"type":"unsubscribe","id":"<script>"}', '{"type":"done","id":"<script>"}'],
  ['a method that every object has', request('"method":"constructor"'), '"unknownMethod"'],
  ['a method that every object has too', request('"method":"__proto__"'), '"unknownMethod"'],
  [
    'parameters nested 1 500 deep',
    request(`"method":"x","params":{"a":${'{"a":'.repeat(1_500)}1${'}'.repeat(1_500)}}`),
    '"unknownMethod"',
  ],
  [
    'parameters with a __proto__',
    request('"method":"x","params":{"__proto__":{"polluted":1}}'),
    '"unknownMethod"',
  ],
  ['parameters that are a list', request('"method":"x","params":[1]'), '"unknownMethod"'],
  ['a method that is not granted', request('"method":"device.revoke"'), '"forbidden"'],
  ['an interval just too short', subscribe('"intervalMs":249'), '"limitExceeded"'],
  ['an interval beyond an hour', subscribe('"intervalMs":3600001'), '"limitExceeded"'],
  [
    'a topic that is not granted',
    '{"type":"subscribe","id":"a","topics":["access"],"intervalMs":250}',
    '"forbidden"',
  ],
  ['a key of nothing', '{"":1,"type":"ping","t":7}', '{"type":"pong","t":7}'],
];

describe('messages on the stream', () => {
  let server: TestServer;
  let token: string;
  beforeAll(async () => {
    server = await startTestServer({ closeGraceMs: 100 });
    token = await server.token();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  const open = (): Promise<RawPeer> => RawPeer.live(server.port, token, { polite: true });
  const sayText = (peer: RawPeer, payload: string): void =>
    peer.write(createFrame({ opcode: opcodes.text, payload }));

  it.each(malformed)('closes with 1007 on %s, and says why', async (_, text) => {
    const peer = await open();
    sayText(peer, text);
    await peer.until(() => peer.ended);
    expect(peer.closeCode).toBe(1007);
    const bye = await peer.message('bye');
    expect(bye.code).toBe('invalidMessage');
    expect(bye.reason.length).toBeLessThan(300);
    expect(bye.reason).not.toMatch(/\bat .+:\d+|node:|\.ts|SyntaxError/);
  });

  it.each(answered)('answers %s', async (_, text, expected) => {
    const peer = await open();
    sayText(peer, text);
    sayText(peer, '{"type":"ping","t":99}');
    await peer.message('pong', ({ t }) => t === 99);
    const answers = peer.frames.slice(1).map(({ payload }) => payload.toString());
    expect(answers).toHaveLength(2);
    expect(answers[0]).toContain(expected);
    expect(answers[0]!.length).toBeLessThan(400);
    peer.socket.destroy();
  });

  it('believes nothing of what a hello says of an earlier session', async () => {
    const { instanceId } = server.host.monitor;
    for (const sessionId of ['x', `${instanceId}.1`, `${instanceId}.999999`, `${instanceId}.`, '__proto__']) {
      for (const seq of [0, 1, Number.MAX_SAFE_INTEGER]) {
        const peer = new RawPeer(server.port, { polite: true });
        await peer.handshake();
        peer.say({
          type: 'hello',
          protocol: 1,
          token,
          client: { name: 'x', version: '1' },
          resume: { sessionId, seq },
        });
        peer.say({ type: 'subscribe', id: 'a', topics: ['cpu'], intervalMs: 250 });
        await peer.until(() => peer.ended || peer.heard.length > 1);
        const [, first] = peer.heard;
        // What it missed, or a snapshot, or that it is lost: with sequences of this host's, whatever it claimed.
        expect(['snapshot', 'sample', 'gap']).toContain(first?.type);
        if (first?.type === 'gap') expect(first.toSeq).toBeLessThan(1_000_000);
        else if (first && 'seq' in first) expect(first.seq).toBeLessThan(1_000_000);
        peer.socket.destroy();
      }
    }
  });

  it('is left as it was by all of them', async () => {
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    for (let turn = 0; server.host.monitor.sessionCount > 0 && turn < 100; turn++)
      await systemClock.sleep(10);
    expect(server.host.monitor.sessionCount).toBe(0);
    expect(server.host.monitor.closedSessions().every(({ tasksLeft }) => tasksLeft === 0)).toBe(true);
    expect(server.logged).toEqual([]);
  });
});
