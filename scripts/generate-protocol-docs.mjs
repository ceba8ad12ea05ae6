import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import { runnerImport } from 'vite';
import { createAsyncApi } from './lib/asyncapi.mjs';
import { describeNumbers, renderMetricsDocument } from './lib/metrics-document.mjs';
import { createOpenApi } from './lib/openapi.mjs';
import { renderStatesDocument } from './lib/states-document.mjs';

// node scripts/generate-protocol-docs.mjs [--check]
// Writes what docs/protocol/ says of the wire from the schemas that parse it. With --check it writes nothing,
// names what is not current, and exits with 1.

const projectFolder = fileURLToPath(new URL('..', import.meta.url));
const outputFolder = join(projectFolder, 'docs', 'protocol');
/** What is generated there; the rest is written by hand. */
const generated = /^(schemas\/.+\.json|(metrics|states)\.md)$/;
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

/** @returns {Promise<Map<string, string>>} text by path under docs/protocol */
async function generate() {
  const protocol = await load('src/shared/protocol/index.ts');
  const raw = await load('src/shared/series/raw.ts');
  const { catalogue } = await load('src/shared/series/catalogue.ts');
  const { deriveBaseUnit, units } = await load('src/shared/series/catalogue/unit.ts');
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
  files.set('http/history.json', describe('GET /v1/history: answer', protocol.historySchema));
  files.set('http/error.json', describe('every HTTP error', protocol.httpErrorSchema));
  files.set('limits.json', protocol.defaultLimits);
  const { deriveCloseCode } = await load('src/node/server/close-codes.ts');
  const closeCodes = Object.fromEntries(
    protocol.reasonCodeSchema.options.map((/** @type {string} */ reason) => [
      reason,
      deriveCloseCode(reason),
    ]),
  );
  const errorCodes = protocol.errorCodeSchema.options.flatMap(
    (/** @type {{options: readonly string[]}} */ { options }) => options,
  );
  files.set(
    'asyncapi.json',
    createAsyncApi(protocol, [...client.keys()], [...server.keys()], closeCodes, [...new Set(errorCodes)]),
  );
  files.set('openapi.json', createOpenApi(protocol));
  const schemas = [...files].map(
    ([path, value]) => /** @type {const} */ ([`schemas/${path}`, toText(value)]),
  );
  return new Map([
    ...schemas,
    ['metrics.md', renderMetricsDocument(Object.values(catalogue), deriveBaseUnit)],
    ['states.md', await renderStates()],
  ]);
}

/** The machines of both ends, as they are. */
async function renderStates() {
  const { sessionMachine } = await load('src/core/session-state-table.ts');
  const { connectionMachine } = await load('src/client/connection-state-table.ts');
  return renderStatesDocument([
    {
      title: 'A client, as the host sees it',
      about:
        'Greeting is bounded by `greetingDeadlineMs`, draining by `closeGraceMs`; `end` is the one way in which all that serves a client is ended.',
      machine: sessionMachine,
    },
    {
      title: 'A connection, as its client sees it',
      about:
        '`lost` with a final reason closes for good; with any other the client waits and tries again. From closed nothing leads on but a new connection.',
      machine: connectionMachine,
    },
  ]);
}

/** @param {unknown} value */
function toText(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
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
