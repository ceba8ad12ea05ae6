/**
 * @typedef {object} Protocol
 * @property {number} protocolVersion
 * @property {number} defaultPort
 * @property {Readonly<Record<string, string>>} subprotocols
 *
 * @typedef {{summary: string, correlated?: string, example: Record<string, unknown>}} Described
 */

const sections = {
  memory: { status: 'late', message: 'memory has not answered within 1 s.' },
};
const sample = { id: 'main', seq: 12, wallMs: 1_767_225_600_000, monotonicMs: 5_000, sections };

/** What each message is for, with one as it may be sent. @type {Readonly<Record<string, Described>>} */
const described = {
  'client.hello': {
    summary: 'The first message, within 5 s.',
    example: { type: 'hello', protocol: 1, token: 'TOKEN', client: { name: 'example', version: '1' } },
  },
  'client.subscribe': {
    summary: 'Asks for topics; again under the same id it replaces what was asked.',
    correlated: 'subscription',
    example: { type: 'subscribe', id: 'main', topics: ['memory'], intervalMs: 1000 },
  },
  'client.unsubscribe': {
    summary: 'Ends a subscription; answered with done.',
    correlated: 'subscription',
    example: { type: 'unsubscribe', id: 'main' },
  },
  'client.ack': {
    summary: 'Says that everything up to seq was received. Optional; once sent it must be kept up.',
    example: { type: 'ack', seq: 12 },
  },
  'client.request': {
    summary: 'Asks the host to do something; answered with result or error.',
    correlated: 'request',
    example: { type: 'request', id: 'r1', method: 'process.inspect', params: { pid: 1, startTicks: 5 } },
  },
  'client.ping': { summary: 'Answered with pong.', example: { type: 'ping', t: 1 } },
  'server.welcome': {
    summary: 'The client is let in: what the host is and grants.',
    example: {
      type: 'welcome',
      protocol: 1,
      sessionId: '0b0e.1',
      host: { instanceId: '0b0e', name: 'box', version: '1.0.0', platform: 'linux' },
      capabilities: { topics: ['memory'], methods: [] },
      limits: {
        maxSubscriptions: 32,
        minIntervalMs: 250,
        maxInboundBytes: 16384,
        messagesPerSecond: 10,
        maxUnacknowledged: 8,
      },
      topics: [{ topic: 'memory', minIntervalMs: 250 }],
    },
  },
  'server.snapshot': {
    summary: 'The latest of every topic asked for: first, and after a gap of a slow client.',
    correlated: 'subscription',
    example: { type: 'snapshot', ...sample },
  },
  'server.sample': {
    summary: 'What was read since the one before.',
    correlated: 'subscription',
    example: { type: 'sample', ...sample, seq: 13 },
  },
  'server.gap': {
    summary: 'Samples fromSeq to toSeq were not and will not be sent.',
    correlated: 'subscription',
    example: { type: 'gap', id: 'main', fromSeq: 14, toSeq: 20, reason: 'slowConsumer' },
  },
  'server.done': {
    summary: 'A subscription has ended.',
    correlated: 'subscription',
    example: { type: 'done', id: 'main' },
  },
  'server.result': {
    summary: 'The answer to a request.',
    correlated: 'request',
    example: { type: 'result', id: 'r1', value: null },
  },
  'server.error': {
    summary: 'A request failed, or a message was refused; the connection stays.',
    correlated: 'request',
    example: {
      type: 'error',
      id: 'r1',
      code: 'forbidden',
      message: 'Not granted: process.inspect.',
      retryable: false,
    },
  },
  'server.pong': { summary: 'The answer to ping.', example: { type: 'pong', t: 1 } },
  'server.bye': {
    summary: 'The host closes the connection after this, and says why.',
    example: { type: 'bye', code: 'shutdown', reason: 'The host ends.' },
  },
};

/**
 * The stream as AsyncAPI 3. Actions are the host's: it receives what clients send.
 *
 * @param {Protocol} protocol
 * @param {readonly string[]} client names of messages @param {readonly string[]} server
 * @param {Readonly<Record<string, number>>} closeCodes what each reason closes with
 * @param {readonly string[]} errorCodes
 */
export function createAsyncApi(protocol, client, server, closeCodes, errorCodes) {
  const names = [...client.map((name) => `client.${name}`), ...server.map((name) => `server.${name}`)];
  const undescribed = names.filter((name) => described[name] === undefined);
  if (undescribed.length > 0) throw new Error(`Messages without a description: ${undescribed.join(', ')}.`);
  const ref = (/** @type {string} */ name) => ({ $ref: `#/channels/stream/messages/${name}` });
  const of = (/** @type {string} */ side) => names.filter((name) => name.startsWith(`${side}.`)).map(ref);
  const pick = (/** @type {string[]} */ ...wanted) => wanted.map(ref);
  const channel = { $ref: '#/channels/stream' };
  const reply = (/** @type {string[]} */ ...wanted) => ({ channel, messages: pick(...wanted) });
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Pulsewire’s stream',
      version: `${protocol.protocolVersion}.0.0`,
      description: 'What README.md says in words. Skip message types and keys that you do not know.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: {
      local: {
        host: `127.0.0.1:${protocol.defaultPort}`,
        protocol: 'ws',
        description: 'On the host itself.',
        security: [{ $ref: '#/components/securitySchemes/token' }],
      },
      lan: {
        host: '{host}:{port}',
        protocol: 'wss',
        description: 'On the LAN, where sharing is on; the certificate is the host’s own.',
        variables: { host: { default: 'box.local' }, port: { default: String(protocol.defaultPort) } },
        security: [{ $ref: '#/components/securitySchemes/token' }],
      },
    },
    channels: {
      stream: {
        address: '/v1/stream',
        title: 'One client’s connection',
        messages: Object.fromEntries(names.map((name) => [name, createMessage(name)])),
        bindings: {
          ws: {
            method: 'GET',
            headers: {
              type: 'object',
              properties: {
                Authorization: {
                  type: 'string',
                  description: 'Bearer TOKEN, for programs; instead of the token in hello.',
                },
                'Sec-WebSocket-Protocol': {
                  type: 'string',
                  enum: Object.values(protocol.subprotocols),
                  description:
                    'pulsewire.v1.json: text frames, one message each. pulsewire.v1.bin: the same messages as compact.md has them.',
                },
              },
            },
          },
        },
        'x-close-codes': describeCloseCodes(closeCodes),
      },
    },
    operations: {
      greet: {
        action: 'receive',
        channel,
        summary: 'Everything begins with it; anything else before it is refused.',
        messages: pick('client.hello'),
        reply: reply('server.welcome', 'server.bye'),
      },
      subscribe: {
        action: 'receive',
        channel,
        messages: pick('client.subscribe'),
        reply: reply('server.snapshot', 'server.sample', 'server.gap', 'server.error'),
      },
      unsubscribe: {
        action: 'receive',
        channel,
        messages: pick('client.unsubscribe'),
        reply: reply('server.done'),
      },
      request: {
        action: 'receive',
        channel,
        messages: pick('client.request'),
        reply: reply('server.result', 'server.error'),
      },
      ping: {
        action: 'receive',
        channel,
        messages: pick('client.ping'),
        reply: reply('server.pong'),
      },
      acknowledge: { action: 'receive', channel, messages: pick('client.ack') },
      tell: { action: 'send', channel, summary: 'All that the host says.', messages: of('server') },
    },
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description:
            'From POST /v1/pair, or from `token create` on the host. Browsers, which send no header of theirs, put it into hello.',
        },
      },
      correlationIds: {
        subscription: {
          description: 'The client’s own name of a subscription.',
          location: '$message.payload#/id',
        },
        request: { description: 'The client’s own name of a request.', location: '$message.payload#/id' },
      },
    },
    'x-error-codes': errorCodes,
  };
}

/** @param {string} name */
function createMessage(name) {
  const { summary, correlated, example } = /** @type {Described} */ (described[name]);
  return {
    name,
    summary,
    payload: { $ref: `${name.replace('.', '/')}.json` },
    ...(correlated && { correlationId: { $ref: `#/components/correlationIds/${correlated}` } }),
    examples: [{ payload: example }],
  };
}

/** @param {Readonly<Record<string, number>>} closeCodes */
function describeCloseCodes(closeCodes) {
  /** @type {Record<string, string[]>} */
  const byCode = {};
  for (const [reason, code] of Object.entries(closeCodes)) (byCode[code] ??= []).push(reason);
  return byCode;
}
