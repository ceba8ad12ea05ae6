import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startTestServer } from './testing/test-server.ts';

const root = join(import.meta.dirname, '..', '..', '..');

it('has current generated pages', async () => {
  const check = spawn(process.execPath, ['scripts/generate-protocol-docs.mjs', '--check'], { cwd: root });
  let said = '';
  check.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [status] = await once(check, 'close');
  expect([status, status === 0 ? '' : said]).toEqual([0, '']);
});

it('prints a client of at most twenty-two lines that works as it stands there', async () => {
  const page = await readFile(join(root, 'docs', 'protocol', 'README.md'), 'utf8');
  const code = /```js\n([\s\S]+?)```/.exec(page)![1]!;
  expect(code.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(22);
  await using server = await startTestServer();
  const env = { ...process.env, PULSEWIRE_URL: server.url, PULSEWIRE_TOKEN: await server.token() };
  const client = spawn(process.execPath, ['--input-type=module', '-e', code], { cwd: root, env });
  let printed = '';
  client.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  client.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = once(client, 'close');
  // A client that fails must be seen to, and not be waited for.
  while (printed.split('\n').length < 6 && client.exitCode === null) {
    await Promise.race([once(client.stdout, 'data'), ended]);
  }
  await server.host.close('The test is over.');
  await ended;
  const lines = printed.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^host ./);
  expect(lines[1]).toMatch(/^snapshot \d+ 60$/);
  const seqs = lines.slice(2, -1).map((line) => Number(/^sample (\d+) 60$/.exec(line)?.[1]));
  expect(seqs).toEqual(seqs.map((_, index) => seqs[0]! + index));
  expect(lines.at(-1)).toBe('bye shutdown');
});
