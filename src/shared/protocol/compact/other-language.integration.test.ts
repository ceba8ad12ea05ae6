import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readGolden } from './testing/read-golden.ts';

const program = fileURLToPath(new URL('./testing/decode.py', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!hasPython)('a reader in another language, written from the documentation', () => {
  it('reads every recorded frame as we do', () => {
    const golden = readGolden();
    const frames = golden.map((one) => one.frames.map(({ bytes }) => Buffer.from(bytes).toString('hex')));
    const { stdout, stderr, status } = spawnSync('python3', [program], {
      input: JSON.stringify(frames),
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual(golden.map((one) => one.frames.map(({ message }) => message)));
  });
});
