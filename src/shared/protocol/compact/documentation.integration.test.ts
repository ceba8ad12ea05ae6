import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readGolden } from './testing/read-golden.ts';

const program = fileURLToPath(new URL('./testing/decode.py', import.meta.url));
const page = fileURLToPath(new URL('../../../../docs/protocol/compact.md', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;
const golden = readGolden();

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

describe('the page about the compact encoding', () => {
  it.skipIf(!hasPython)('has a reader in Python that reads every recorded frame as we do', () => {
    const input = JSON.stringify(golden.map(({ frames }) => frames.map(({ bytes }) => toHex(bytes))));
    const { stdout, stderr, status } = spawnSync('python3', [program, page], { input, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual(golden.map(({ frames }) => frames.map(({ message }) => message)));
  });

  it('has an example whose bytes and size are those of a recorded frame', () => {
    const text = readFileSync(page, 'utf8');
    const [, block] = /^```\n(96 .*?)^```/ms.exec(text)!;
    const lines = block!
      .split('\n')
      .map((line) => /^ *((?:[0-9a-f]{2} )*[0-9a-f]{2})(?: {2}|$)/.exec(line)?.[1] ?? '');
    const hex = lines.join('').replaceAll(' ', '');
    const frame = golden.find(({ name }) => name === 'counters')!.frames[1]!;
    expect(hex).toBe(toHex(frame.bytes));
    const [, binary, json] = /this frame of (\d+) bytes .* whose JSON has (\d+)\./.exec(text)!;
    expect(Number(binary)).toBe(frame.bytes.length);
    expect(Number(json)).toBe(JSON.stringify(frame.message).length);
  });
});
