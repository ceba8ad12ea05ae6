import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import { runnerImport } from 'vite';
import { describeNumbers, renderMetricsDocument } from './lib/metrics-document.mjs';

// node scripts/generate-protocol-docs.mjs [--check]
// Writes what docs/protocol/ says of the wire from the schemas that parse it. With --check it writes nothing,
// names what is not current, and exits with 1.

const projectFolder = fileURLToPath(new URL('..', import.meta.url));
const outputFolder = join(projectFolder, 'docs', 'protocol');
/** What is generated there; the rest is written by hand. */
const generated = /^(schemas\/.+\.json|metrics\.md)$/;
const draft = 'https://json-schema.org/draft/2020-12/schema';

/** @param {string} path @returns {Promise<any>} */
async function load(path) {
  const found = await runnerImport(join(projectFolder, path), { configFile: false, logLevel: 'error' });
  return found.module;
}

/** @param {string} title @param {any} schema */
function describe(title, schema) {
  const described = toJsonSchema(schema, { target: 'draft-2020-12', typeMode: 'input', errorMode: 'ignore' });
  return Object.assign({ $schema: draft, title }, described);
}

/** @param {any} variant @returns {Map<string, any>} */
function messagesOf(variant) {
  return new Map(variant.options.map((/** @type {any} */ option) => [option.entries.type.literal, option]));
}

/** @param {string} folder @param {Iterable<string>} names */
function toMessages(folder, names) {
  return Object.fromEntries(
    [...names].map((name) => [name, { payload: { $ref: `${folder}/${name}.json` } }]),
  );
}

/** @returns {Promise<Map<string, string>>} text by path under docs/protocol */
async function generate() {
  const protocol = await load('src/shared/protocol/index.ts');
  const raw = await load('src/shared/series/raw.ts');
  const { catalogue } = await load('src/shared/series/catalogue.ts');
  const { deriveBaseUnit, units } = await load('src/shared/series/catalogue/unit.ts');
  const { version } = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
  /** @type {Map<string, unknown>} */
  const files = new Map();
  const client = messagesOf(protocol.clientMessageSchema);
  const server = messagesOf(protocol.serverMessageSchema);
  for (const [name, schema] of client) files.set(`client/${name}.json`, describe(name, schema));
  for (const [name, schema] of server) files.set(`server/${name}.json`, describe(name, schema));
  for (const [topic, schema] of Object.entries(raw.topicSchemas)) {
    const described = describe(topic, schema);
    describeNumbers(described, catalogue[topic], units);
    files.set(`topics/${topic}.json`, described);
  }
  files.set('http/pair-request.json', describe('POST /v1/pair: body', protocol.pairRequestSchema));
  files.set('http/pair-response.json', describe('POST /v1/pair: answer', protocol.pairResponseSchema));
  files.set('http/info.json', describe('GET /v1/info: answer', protocol.infoSchema));
  files.set('http/processes.json', describe('GET /v1/processes: answer', protocol.processListSchema));
  files.set('http/error.json', describe('every HTTP error', protocol.httpErrorSchema));
  files.set('limits.json', protocol.defaultLimits);
  files.set('asyncapi.json', createAsyncApi(version, protocol, client.keys(), server.keys()));
  files.set('openapi.json', createOpenApi(version, protocol));
  const schemas = [...files].map(
    ([path, value]) => /** @type {const} */ ([`schemas/${path}`, toText(value)]),
  );
  return new Map([
    ...schemas,
    ['metrics.md', renderMetricsDocument(Object.values(catalogue), deriveBaseUnit)],
  ]);
}

/** @param {unknown} value */
function toText(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** @param {string} version @param {any} protocol @param {Iterable<string>} client @param {Iterable<string>} server */
function createAsyncApi(version, protocol, client, server) {
  const host = `127.0.0.1:${protocol.defaultPort}`;
  const messages = {
    ...Object.fromEntries(
      Object.entries(toMessages('client', client)).map(([name, value]) => [`client.${name}`, value]),
    ),
    ...Object.fromEntries(
      Object.entries(toMessages('server', server)).map(([name, value]) => [`server.${name}`, value]),
    ),
  };
  const operation = (/** @type {string} */ side, /** @type {string} */ action) => ({
    action,
    channel: { $ref: '#/channels/stream' },
    messages: Object.keys(messages)
      .filter((name) => name.startsWith(side))
      .map((name) => ({ $ref: `#/channels/stream/messages/${name}` })),
  });
  return {
    asyncapi: '3.0.0',
    info: { title: 'Pulsewire stream', version },
    defaultContentType: 'application/json',
    servers: { local: { host, protocol: 'ws' } },
    channels: {
      stream: {
        address: '/v1/stream',
        messages,
        bindings: {
          ws: {
            method: 'GET',
            headers: {
              type: 'object',
              properties: {
                Authorization: { type: 'string', description: 'Bearer TOKEN; instead of the token in hello' },
                'Sec-WebSocket-Protocol': { type: 'string', enum: Object.values(protocol.subprotocols) },
              },
            },
          },
        },
      },
    },
    operations: { fromClient: operation('client.', 'receive'), fromServer: operation('server.', 'send') },
  };
}

/** @param {string} version @param {any} protocol */
function createOpenApi(version, protocol) {
  const json = (/** @type {unknown} */ schema) => ({ content: { 'application/json': { schema } } });
  const error = (/** @type {string} */ description) => ({
    description,
    ...json({ $ref: 'http/error.json' }),
  });
  const text = { type: 'string' };
  const query = (
    /** @type {string} */ name,
    /** @type {string} */ description,
    /** @type {unknown} */ schema,
  ) => ({
    name,
    in: 'query',
    description,
    schema,
  });
  return {
    openapi: '3.1.0',
    info: { title: 'Pulsewire HTTP', version },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths: {
      '/healthz': {
        get: { responses: { 200: { description: 'It runs.', ...json({ const: { status: 'ok' } }) } } },
      },
      '/v1/pair': {
        post: {
          requestBody: { required: true, ...json({ $ref: 'http/pair-request.json' }) },
          responses: {
            200: { description: 'A token, shown this once.', ...json({ $ref: 'http/pair-response.json' }) },
            400: error('The body has another shape.'),
            401: error('The code is wrong, used or expired.'),
            403: error('The host’s user refused, or did not answer in time; or Host or Origin is foreign.'),
            413: error('The body is over 16 KiB.'),
            415: error('The body is not application/json.'),
            429: error('Too many failures; Retry-After says how long to wait.'),
          },
        },
      },
      '/metrics': {
        get: {
          security: [{ token: [] }],
          responses: {
            200: {
              description: 'The newest figures in Prometheus’s text format; see metrics.md.',
              content: { 'text/plain; version=0.0.4': { schema: text } },
            },
            401: error('No valid token.'),
            429: error('Too many failures; Retry-After says how long to wait.'),
          },
        },
      },
      '/v1/info': {
        get: {
          security: [{ token: [] }],
          responses: {
            200: {
              description: 'The host, and what the token is good for.',
              ...json({ $ref: 'http/info.json' }),
            },
            401: error('No valid token.'),
            429: error('Too many failures; Retry-After says how long to wait.'),
          },
        },
      },
      '/v1/processes': {
        get: {
          security: [{ token: [] }],
          parameters: [
            query('sort', 'By what: the largest first, or by name.', {
              enum: protocol.processSorts,
              default: 'cpu',
            }),
            query('limit', 'How many at most.', {
              type: 'integer',
              minimum: 1,
              maximum: 10_000,
              default: 100,
            }),
          ],
          responses: {
            200: {
              description:
                'The processes with their shares over about a second, for which the answer is waited for.',
              ...json({ $ref: 'http/processes.json' }),
            },
            400: error('The query says something else.'),
            401: error('No valid token.'),
            403: error('The token does not see processes: it needs the scope view.'),
            429: error('Too many failures; Retry-After says how long to wait.'),
            501: error('This host does not read processes.'),
            503: error('The processes could not be read in time; Retry-After says when to try again.'),
          },
        },
      },
    },
  };
}

/** @returns {Promise<Map<string, string>>} */
async function readCurrent() {
  const entries = await readdir(outputFolder, { recursive: true }).catch(() => []);
  /** @type {Map<string, string>} */
  const current = new Map();
  for (const entry of entries) {
    const path = entry.replaceAll('\\', '/');
    if (generated.test(path)) current.set(path, await readFile(join(outputFolder, entry), 'utf8'));
  }
  return current;
}

const wanted = await generate();
const current = await readCurrent();
const stale = [
  ...[...wanted].filter(([path, text]) => current.get(path) !== text).map(([path]) => path),
  ...[...current.keys()].filter((path) => !wanted.has(path)),
];
if (process.argv.includes('--check')) {
  if (stale.length > 0) {
    process.stderr.write(`Not current: ${stale.join(', ')}. Run node scripts/generate-protocol-docs.mjs.\n`);
    process.exitCode = 1;
  }
} else {
  for (const path of stale) {
    const text = wanted.get(path);
    const target = join(outputFolder, path);
    if (text === undefined) await rm(target);
    else {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
    }
  }
  process.stderr.write(`docs/protocol: ${wanted.size} files, ${stale.length} changed.\n`);
}
