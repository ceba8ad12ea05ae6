/**
 * @typedef {{description: string, content?: unknown, headers?: unknown}} Response
 * @typedef {{protocolVersion: number, defaultPort: number, processSorts: readonly string[]}} Protocol
 */

/** What every route may answer before it looks at anything but who asks, and from where. */
const guarded = {
  400: 'The request is malformed: not HTTP, or without exactly one valid Host.',
  403: 'Host does not name this machine, or Origin is a page that is not the host’s own.',
  408: 'The request’s head took longer than 5 s.',
  426: 'Over the LAN without encryption, where the host serves that no more; a browser is sent to https.',
  431: 'The request’s head is too big.',
  500: 'The host failed; its log says how.',
};
const unauthorized = 'No valid token.';
const tooMany = 'Too many failures of this address; Retry-After says how many seconds to wait.';

/** @param {string} description @param {unknown} example @returns {Response} */
function errorResponse(description, example) {
  return {
    description,
    content: { 'application/json': { schema: { $ref: 'http/error.json' }, example } },
  };
}

/** Codes as the host gives them with each status. @type {Readonly<Record<number, string>>} */
const codes = {
  400: 'invalidMessage',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'notFound',
  405: 'unsupported',
  408: 'timeout',
  413: 'limitExceeded',
  415: 'invalidMessage',
  426: 'unsupported',
  429: 'rateLimited',
  431: 'limitExceeded',
  500: 'internal',
  501: 'unsupported',
  503: 'unavailable',
};
const headersByStatus = {
  401: { 'WWW-Authenticate': { description: '`Bearer`', schema: { const: 'Bearer' } } },
  405: { Allow: { description: 'The methods that are answered.', schema: { type: 'string' } } },
  426: { Upgrade: { description: '`websocket`', schema: { type: 'string' } } },
  429: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer', minimum: 1 } } },
  503: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer', minimum: 1 } } },
};

/** @param {Record<number, string>} descriptions @returns {Record<string, Response>} */
function errors(descriptions) {
  return Object.fromEntries(
    Object.entries({ ...guarded, ...descriptions }).map(([status, description]) => {
      const code = codes[/** @type {keyof typeof codes} */ (Number(status))] ?? 'internal';
      const headers = headersByStatus[/** @type {keyof typeof headersByStatus} */ (Number(status))];
      const response = errorResponse(description, { code, message: description });
      return [status, { ...response, ...(headers && { headers }) }];
    }),
  );
}

/** @param {string} description @param {unknown} schema @param {unknown} [example] */
function json(description, schema, example) {
  return {
    description,
    headers: securityHeaders,
    content: { 'application/json': { schema, ...(example !== undefined && { example }) } },
  };
}

const securityHeaders = {
  'Content-Security-Policy': {
    description: 'What a browser may do with the answer: for anything but pages, nothing.',
    schema: { type: 'string' },
  },
  'Cache-Control': { description: '`no-store`', schema: { type: 'string' } },
};

const token = [{ token: [] }];

/**
 * What the host answers over HTTP, as OpenAPI 3.1. References are to the JSON Schemas beside it.
 *
 * @param {Protocol} protocol
 */
export function createOpenApi(protocol) {
  const { protocolVersion, defaultPort, processSorts } = protocol;
  return {
    openapi: '3.1.0',
    info: {
      title: 'Pulsewire over HTTP',
      version: `${protocolVersion}.0.0`,
      description:
        'Every answer has `X-Content-Type-Options: nosniff`, `Referrer-Policy: no-referrer` and the like. HEAD is answered ' +
        'wherever GET is. Errors are `{code, message}`: `code` for programs, `message` for people.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [
      { url: `http://127.0.0.1:${defaultPort}`, description: 'on the host itself' },
      {
        url: 'https://{host}:{port}',
        description: 'on the LAN, where sharing is on; the certificate is the host’s own',
        variables: { host: { default: 'box.local' }, port: { default: String(defaultPort) } },
      },
    ],
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'From `POST /v1/pair`, or from `token create` on the host.',
        },
      },
    },
    security: [],
    paths: {
      '/': {
        get: {
          operationId: 'getViewer',
          summary: 'The viewer page, which has no figures until it has paired',
          responses: {
            200: page('The page. Its policy allows its own scripts and its own socket.'),
            304: { description: 'As `If-None-Match` has it.' },
            ...errors({ 405: 'Another method.', 503: 'The page was not built.' }),
          },
        },
      },
      '/{file}': {
        get: {
          operationId: 'getViewerFile',
          summary: 'A file of the viewer page, as its build names them',
          parameters: [
            {
              name: 'file',
              in: 'path',
              required: true,
              description: 'May have slashes.',
              schema: { type: 'string' },
            },
          ],
          responses: {
            200: { description: 'The file.', headers: cacheHeaders, content: { '*/*': {} } },
            304: { description: 'As `If-None-Match` has it.' },
            ...errors({ 404: 'There is nothing of that name.', 405: 'Another method.' }),
          },
        },
      },
      '/docs/': {
        get: {
          operationId: 'getDocs',
          summary: 'These pages: public text, the same for every host, without a token',
          responses: {
            200: page('The page. Its policy allows no script at all.'),
            304: { description: 'As `If-None-Match` has it.' },
            ...errors({ 404: 'The pages were not built.', 405: 'Another method.' }),
          },
        },
      },
      '/healthz': {
        get: {
          operationId: 'getHealth',
          summary: 'Whether it runs; says nothing else',
          responses: {
            200: json('It runs.', { const: { status: 'ok' } }, { status: 'ok' }),
            ...errors({ 405: 'Another method.' }),
          },
        },
      },
      '/v1/pair': {
        post: {
          operationId: 'pair',
          summary: 'Exchanges the code that the host shows for a token',
          description:
            'Answers once the host’s user has confirmed the device, up to two minutes later; a headless host needs no ' +
            'confirmation. `key` is shown by both sides, so that the user knows which device asks.',
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: { $ref: 'http/pair-request.json' },
                example: { code: 'BCDF-GHJK', name: 'my phone', key: '123456' },
              },
            },
          },
          responses: {
            200: json(
              'A token, shown this once.',
              { $ref: 'http/pair-response.json' },
              {
                token: 'Zt1JcF9sN2nA0b6hR5QmYwXx3eU8kVvL4dGpTqS7iOc',
                scope: 'view',
                expiresAt: '2030-01-01T00:00:00.000Z',
              },
            ),
            ...errors({
              400: 'The body has another shape, or the request none.',
              401: 'The code is wrong, used or expired.',
              403: 'The host’s user refused, or did not answer in time (`timeout`); or Host or Origin is foreign.',
              405: 'Another method.',
              413: 'The body is over 16 KiB.',
              415: 'The body is not application/json.',
              429: tooMany,
              503: 'Other devices wait to be confirmed, or the host is shutting down.',
            }),
          },
        },
      },
      '/v1/info': {
        get: {
          operationId: 'getInfo',
          summary: 'The host, and what the token is good for',
          security: token,
          responses: {
            200: json('The host.', { $ref: 'http/info.json' }),
            ...errors({ 401: unauthorized, 405: 'Another method.', 429: tooMany }),
          },
        },
      },
      '/v1/processes': {
        get: {
          operationId: 'getProcesses',
          summary: 'The processes with their shares over about a second, for which the answer is waited for',
          security: token,
          parameters: [
            {
              name: 'sort',
              in: 'query',
              description: 'By what: the largest first, or by name.',
              schema: { enum: processSorts, default: 'cpu' },
            },
            {
              name: 'limit',
              in: 'query',
              description: 'How many at most.',
              schema: { type: 'integer', minimum: 1, maximum: 10_000, default: 100 },
            },
          ],
          responses: {
            200: json('The processes.', { $ref: 'http/processes.json' }),
            ...errors({
              400: 'The query says something else.',
              401: unauthorized,
              403: 'The token does not see processes: it needs the scope view. Or Host or Origin is foreign.',
              405: 'Another method.',
              429: tooMany,
              501: 'This host does not read processes.',
              503: 'The processes could not be read in time.',
            }),
          },
        },
      },
      '/v1/history': {
        get: {
          operationId: 'getHistory',
          summary:
            'What was read of some topics in the last hour while somebody had them read, as rows of series',
          security: token,
          parameters: [
            {
              name: 'topics',
              in: 'query',
              required: true,
              description: 'Which, with commas between them: cpu, memory, network, disk, sensor or gpu.',
              schema: { type: 'string' },
              example: 'cpu,memory',
            },
            {
              name: 'sinceMs',
              in: 'query',
              description: 'How far back, in milliseconds.',
              schema: { type: 'integer', minimum: 1_000, maximum: 3_600_000, default: 3_600_000 },
            },
          ],
          responses: {
            200: json('The series.', { $ref: 'http/history.json' }),
            ...errors({
              400: 'The query names no topic, or says something else.',
              401: unauthorized,
              403: 'The token does not see one of the topics. Or Host or Origin is foreign.',
              405: 'Another method.',
              429: tooMany,
            }),
          },
        },
      },
      '/metrics': {
        get: {
          operationId: 'getMetrics',
          summary: 'The newest figures for Prometheus; see metrics.md',
          security: token,
          responses: {
            200: {
              description: 'Text format 0.0.4.',
              headers: securityHeaders,
              content: {
                'text/plain; version=0.0.4; charset=utf-8': {
                  schema: { type: 'string' },
                  example: '# HELP node_load1 1m load average.\n# TYPE node_load1 gauge\nnode_load1 0.25\n',
                },
              },
            },
            ...errors({ 401: unauthorized, 405: 'Another method.', 429: tooMany }),
          },
        },
      },
      '/v1/stream': {
        get: {
          operationId: 'openStream',
          summary: 'Upgrades to the WebSocket that asyncapi.json describes',
          security: [...token, {}],
          parameters: [
            header('Upgrade', 'websocket', true),
            header('Connection', 'Upgrade', true),
            header('Sec-WebSocket-Version', '13', true),
            header('Sec-WebSocket-Key', undefined, true, '16 random bytes in Base64.'),
            header(
              'Sec-WebSocket-Protocol',
              undefined,
              false,
              'pulsewire.v1.json or pulsewire.v1.bin, or both.',
            ),
          ],
          responses: {
            101: {
              description: 'The socket is open; `hello` comes next.',
              headers: {
                'Sec-WebSocket-Protocol': {
                  description: 'The first of those offered that the host speaks.',
                  schema: { type: 'string' },
                },
              },
            },
            ...errors({
              400: 'A query (a token never stands in a URL), no known subprotocol, or a handshake that is none.',
              401: 'The Authorization header has no valid token. Without the header it travels in `hello`.',
              404: 'Another path is asked to upgrade.',
              405: 'Another method.',
              426: 'Not a WebSocket, or another version than 13; or over the LAN without encryption where that is off.',
              429: 'This address has as many connections as it may, or failed too often.',
              503: 'The host has as many clients as it takes, or is shutting down.',
            }),
          },
        },
      },
    },
  };
}

const cacheHeaders = {
  ETag: { description: 'Of the content.', schema: { type: 'string' } },
  'Cache-Control': {
    description: '`no-cache` for pages, for a year where the name has the content’s hash.',
    schema: { type: 'string' },
  },
};

/** @param {string} description */
function page(description) {
  return { description, headers: cacheHeaders, content: { 'text/html': { schema: { type: 'string' } } } };
}

/** @param {string} name @param {string | undefined} value @param {boolean} required @param {string} [description] */
function header(name, value, required, description) {
  return {
    name,
    in: 'header',
    required,
    ...(description && { description }),
    schema: value === undefined ? { type: 'string' } : { const: value },
  };
}
