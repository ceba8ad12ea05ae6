import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuild } from '../../scripts/build.mjs';
import { startTestServer, type TestServer } from '../node/server/testing/test-server.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

/** The examples of the page, by the heading that each stands under. */
async function readExamples(): Promise<ReadonlyMap<string, string>> {
  const page = await readFile(join(root, 'docs', 'client.md'), 'utf8');
  const examples = new Map<string, string>();
  for (const part of page.split(/^## /m).slice(1)) {
    const code = /```js\n([\s\S]+?)```/.exec(part)?.[1];
    if (code) examples.set(part.slice(0, part.indexOf('\n')), code);
  }
  return examples;
}

describe('pulsewire/client, packed and unpacked elsewhere', () => {
  let folder: string;
  let server: TestServer;
  let examples: ReadonlyMap<string, string>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pulsewire-package-'));
    server = await startTestServer();
    examples = await readExamples();
    await ensureBuild();
    const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
    await run('npm', pack, { cwd: root });
    const [tarball] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
    await run('tar', ['-xzf', tarball!], { cwd: folder });
    // What "npm install" of the tarball leaves there of what the client needs; here without a registry.
    await mkdir(join(folder, 'node_modules'));
    await cp(join(folder, 'package'), join(folder, 'node_modules', 'pulsewire'), { recursive: true });
    for (const name of ['ws', 'valibot', '@types', 'undici-types'])
      await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name));
    await writeFile(join(folder, 'package.json'), '{ "type": "module", "private": true }');
  }, 120_000);
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });
  const runExample = async (heading: string, env: NodeJS.ProcessEnv = {}): Promise<string[]> => {
    const file = join(folder, 'example.mjs');
    await writeFile(file, examples.get(heading)!);
    const { stdout } = await run(process.execPath, [file], {
      cwd: folder,
      env: { ...process.env, PULSEWIRE_URL: server.url, PULSEWIRE_TOKEN: await server.token(), ...env },
      timeout: 20_000,
    });
    return stdout.trimEnd().split('\n');
  };

  it('watches a host as the page says', async () => {
    const lines = await runExample('Watch a host');
    expect(lines.filter((line) => line.startsWith('state'))).toEqual([
      'state connecting',
      'state handshaking',
      'state live',
      'state closed',
    ]);
    expect(lines).toContain('host 1.2.3');
    expect(lines.filter((line) => line === 'snapshot true')).toHaveLength(1);
    expect(lines.filter((line) => line === 'sample true')).toHaveLength(3);
    expect(lines.filter((line) => line === 'cpu ok').length).toBeGreaterThanOrEqual(2);
  });

  it('tells a listener, with no seam at first', async () => {
    const [first, ...others] = await runExample('Seams');
    expect(first).toBe('snapshot null');
    // On a busy machine more comes before it has closed.
    expect(others.filter((line) => line !== 'sample null')).toEqual([]);
  });

  it('pairs with a code', async () => {
    const { code } = server.host.pairing.open();
    expect(await runExample('Pair, and pin the certificate', { PULSEWIRE_CODE: code })).toEqual([
      'scope view',
    ]);
    const wrong = await runExample('Pair, and pin the certificate', { PULSEWIRE_CODE: 'XXXX-XXXX' });
    expect(wrong).toEqual(['The code is wrong, used or expired. Ask the host for the current one.']);
  });

  it('says what was not granted', async () => {
    const lines = await runExample('Ask for something');
    expect(lines[0]).toBe('may end processes: false');
    expect(lines[1]).toMatch(/^(forbidden|unsupported) ./);
  });

  it('has examples for all that runs here, and no others', () => {
    expect([...examples.keys()]).toEqual([
      'Watch a host',
      'Seams',
      'Pair, and pin the certificate',
      'Ask for something',
    ]);
  });

  it('is bundled for a browser without anything of Node', async () => {
    await writeFile(
      join(folder, 'page.js'),
      `import { connect } from 'pulsewire/client';\nglobalThis.go = connect;\n`,
    );
    const outDir = join(folder, 'bundle');
    await build({
      configFile: false,
      root: folder,
      logLevel: 'silent',
      build: { outDir, minify: false, rolldownOptions: { input: join(folder, 'page.js') } },
    });
    const [name] = await readdir(join(outDir, 'assets'));
    const bundle = await readFile(join(outDir, 'assets', name!), 'utf8');
    expect(bundle).toContain('/v1/stream');
    expect(bundle).not.toMatch(/node:(net|tls|http)|permessage-deflate|from\s*"/);
  });

  it.each([
    ['for Node', { module: 'nodenext', lib: ['es2023', 'esnext.disposable'], types: ['node'] }],
    [
      'for a bundler',
      {
        module: 'esnext',
        moduleResolution: 'bundler',
        lib: ['es2023', 'esnext.disposable', 'dom'],
        types: [],
      },
    ],
  ])('has types that a strict project compiles with, %s', async (_, options) => {
    const compilerOptions = {
      ...options,
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      exactOptionalPropertyTypes: true,
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['typed.ts'] }));
    await writeFile(join(folder, 'typed.ts'), typed);
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const { stdout } = await run(process.execPath, [compiler, '-p', folder]).catch(
      (error: unknown) => error as { stdout: string },
    );
    expect(stdout).toBe('');
  });
});

/** What must compile, and, after each `@ts-expect-error`, what must not. */
const typed = `
import { connect, pair, catalogue, deriveNetworkRates, type ClientSample, type RawOf, type Topic } from 'pulsewire/client';

const client = connect({ url: 'http://127.0.0.1:9740', token: 'x', onSeam: (seam) => seam.reason });
const subscription = client.subscribe({ topics: ['cpu', 'network'], intervalMs: 1000 }, (sample) => {
  const { cpu, network } = sample.sections;
  if (cpu?.status === 'ok') {
    const user: number = cpu.data.total.user;
    void user;
    // @ts-expect-error no such counter
    void cpu.data.total.users;
  }
  void deriveNetworkRates(undefined, network);
  // @ts-expect-error not subscribed to
  void sample.sections.memory;
});
subscription.close();
// @ts-expect-error no such topic
client.subscribe({ topics: ['weather'], intervalMs: 1000 });
async function ask(): Promise<void> {
  const details = await client.request('process.inspect', { pid: 1, startTicks: 2 });
  const pid: number | string | object | null = details;
  void pid;
  const opened: string = (await client.request('pairing.open', {})).code;
  void opened;
  // @ts-expect-error parameters are the method's
  await client.request('device.revoke', {});
  // @ts-expect-error no such method
  await client.request('device.dance', {});
  const outcome = await pair({ url: 'http://127.0.0.1:9740', code: 'X', name: 'y' });
  if (outcome.status === 'paired') void outcome.token;
  // @ts-expect-error only where it is paired
  void outcome.token;
}
void ask;
export type Memory = RawOf<'memory'>;
export const all: readonly Topic[] = Object.keys(catalogue) as Topic[];
export const take = (sample: ClientSample<'cpu'>): number => sample.seq;
`;
