import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parseClientMessage, parseServerMessage } from '../../shared/protocol/index.ts';
import { sendRaw, statusOf, upgradeRequest } from './testing/raw-request.ts';
import { startTestServer } from './testing/test-server.ts';

const protocolFolder = join(import.meta.dirname, '..', '..', '..', 'docs', 'protocol');
const schemaFolder = join(protocolFolder, 'schemas');

type Json = Record<string, unknown>;

interface Operation {
  readonly responses: Readonly<Record<string, unknown>>;
}

const readSchema = async <Shape = Json>(name: string): Promise<Shape> =>
  JSON.parse(await readFile(join(schemaFolder, name), 'utf8')) as Shape;

/** Everything in a document that is an object. */
function* walk(value: unknown): Generator<Json> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Json;
  for (const inner of Object.values(value)) yield* walk(inner);
}

/** All schemas beside the documents, so that each example can be held to its own. */
async function createSchemaChecker(): Promise<(name: string, value: unknown) => string | null> {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  for (const name of await readdir(schemaFolder, { recursive: true })) {
    if (/^(client|server|http|topics)\/.+\.json$/.test(name)) ajv.addSchema(await readSchema(name), name);
  }
  return (name, value) => (ajv.validate(name, value) ? null : `${name}: ${ajv.errorsText()}`);
}

describe('openapi.json', () => {
  it('is OpenAPI 3.1 to an independent validator', async () => {
    const document = await readSchema('openapi.json');
    expect(document['openapi']).toBe('3.1.0');
    // As whoever follows the references sees it.
    for (const entry of walk(document)) {
      const { $ref } = entry;
      if (typeof $ref !== 'string' || $ref.startsWith('#')) continue;
      delete entry['$ref'];
      Object.assign(entry, await readSchema($ref));
    }
    const { valid, errors } = await new Validator().validate(document);
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it('has every path that the server answers, and no other', async () => {
    const { paths } = await readSchema<{ paths: Json }>('openapi.json');
    await using server = await startTestServer();
    const pages = ['/', '/{file}', '/docs/'];
    expect(Object.keys(paths).sort()).toEqual([...server.host.server.paths, ...pages].sort());
  });

  it('has every status that a request may get, tried', async () => {
    const { paths } = await readSchema<{ paths: Record<string, Record<string, Operation>> }>('openapi.json');
    await using server = await startTestServer();
    const token = await server.token();
    const host = `Host: 127.0.0.1:${server.port}`;
    const statuses = new Set<string>();
    for (const [path, operations] of Object.entries(paths)) {
      const [operation] = Object.values(operations);
      for (const method of ['GET', 'POST', 'DELETE']) {
        for (const lines of [
          [host],
          [host, 'Authorization: Bearer wrong'],
          [host, `Authorization: Bearer ${token}`],
          [host, 'Origin: http://evil.example'],
          [],
        ]) {
          const target = path === '/{file}' ? '/no-such-file.js' : path;
          const head = [
            `${method} ${target} HTTP/1.1`,
            ...lines,
            'Connection: close',
            'Content-Length: 0',
            '',
            '',
          ];
          const status = statusOf(await sendRaw(server.port, head.join('\r\n')));
          statuses.add(`${path} ${status}`);
          expect({ path, method, lines, status, told: Object.keys(operation!.responses) }).toMatchObject({
            told: expect.arrayContaining([String(status)]),
          });
        }
      }
    }
    expect(statuses).toContain('/v1/info 200');
    expect(statuses).toContain('/v1/info 401');
    expect(statuses).toContain('/v1/pair 415');
    expect(statuses).toContain('/v1/stream 426');
    const [{ responses }] = Object.values(paths['/v1/stream']!) as [Operation];
    for (const [lines, path] of [
      [[host], '/v1/stream?token=x'],
      [[host], '/v1/other'],
      [[host, 'Authorization: Bearer wrong'], '/v1/stream'],
      [[host, 'Sec-WebSocket-Protocol: chat'], '/v1/stream'],
      [['Host: evil.example'], '/v1/stream'],
    ] as const) {
      const status = statusOf(await sendRaw(server.port, upgradeRequest(lines, path)));
      expect({ path, lines, status, told: Object.keys(responses) }).toMatchObject({
        told: expect.arrayContaining([String(status)]),
      });
    }
  });

  it('has examples that its schemas allow', async () => {
    const check = await createSchemaChecker();
    let checked = 0;
    for (const { schema, example } of walk(await readSchema('openapi.json'))) {
      const reference = (schema as { $ref?: string } | undefined)?.$ref;
      if (reference === undefined || example === undefined) continue;
      expect(check(reference, example)).toBeNull();
      checked++;
    }
    expect(checked).toBeGreaterThan(20);
  });
});

describe('asyncapi.json', () => {
  it('is AsyncAPI 3.0 to the schema of the specification', async () => {
    const require = createRequire(import.meta.url);
    const specification = join(
      dirname(require.resolve('@asyncapi/specs/package.json')),
      'schemas',
      '3.0.0.json',
    );
    const ajv = new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false });
    const validate = ajv.compile(JSON.parse(await readFile(specification, 'utf8')) as Json);
    const valid = validate(await readSchema('asyncapi.json'));
    expect(valid ? [] : validate.errors?.slice(0, 5)).toEqual([]);
  });

  it('has examples that its schemas and the parsers allow, one of every message', async () => {
    const check = await createSchemaChecker();
    const { channels } = await readSchema<{
      channels: {
        stream: { messages: Record<string, { payload: { $ref: string }; examples: { payload: unknown }[] }> };
      };
    }>('asyncapi.json');
    for (const [name, { payload, examples }] of Object.entries(channels.stream.messages)) {
      for (const example of examples) {
        expect(check(payload.$ref, example.payload)).toBeNull();
        const parse = name.startsWith('client.') ? parseClientMessage : parseServerMessage;
        expect(() => parse(JSON.stringify(example.payload)), name).not.toThrow();
      }
      expect(examples.length, name).toBeGreaterThan(0);
    }
  });

  it.each(['asyncapi.json', 'openapi.json'])('%s refers to nothing that is not there', async (name) => {
    const document = await readSchema(name);
    for (const { $ref } of walk(document)) {
      if (typeof $ref !== 'string') continue;
      if (!$ref.startsWith('#')) {
        expect(existsSync(join(schemaFolder, $ref)), $ref).toBe(true);
        continue;
      }
      const found = $ref
        .slice(2)
        .split('/')
        .reduce<unknown>((at, key) => (at as Json | undefined)?.[key], document);
      expect(found, $ref).toBeDefined();
    }
  });
});

it('prints messages in the README that parse, those of the host and those to it', async () => {
  const page = await readFile(join(protocolFolder, 'README.md'), 'utf8');
  const types = { '→': new Set<string>(), '←': new Set<string>() };
  for (const [, arrow, text] of page.matchAll(/^([→←]) (\{.+)$/gm)) {
    const direction = arrow as keyof typeof types;
    const message = direction === '→' ? parseClientMessage(text) : parseServerMessage(text);
    types[direction].add(message.type);
  }
  expect([...types['→']].sort()).toEqual(['ack', 'hello', 'ping', 'request', 'subscribe', 'unsubscribe']);
  expect([...types['←']].sort()).toEqual([
    'bye',
    'done',
    'error',
    'gap',
    'pong',
    'result',
    'sample',
    'snapshot',
    'welcome',
  ]);
});
