import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecording, writeRecording } from './recording.ts';
import { makeRecording } from './testing/made-recording.ts';

describe('a recording', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pulsewire-recording-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is read as it was written', async () => {
    const path = join(folder, 'whole');
    await writeRecording(path, makeRecording(4));
    expect(await readRecording(path)).toEqual(makeRecording(4));
  });

  const header = JSON.stringify(makeRecording(1).header);
  it.each([
    ['is not packed', Buffer.from(header), /is not packed by Brotli/],
    ['has another head', brotliCompressSync('{"format":"other"}\n'), /line 1: /],
    [
      'is of a version to come',
      brotliCompressSync(header.replace('"version":1,"host"', '"version":2,"host"')),
      /line 1: /,
    ],
    ['holds a line that is cut', brotliCompressSync(`${header}\n{"ms":0,"sections":{}}\n{"ms":`), /line 3: /],
    [
      'holds what no collector reads',
      brotliCompressSync(`${header}\n{"ms":0,"sections":{"cpu":{"status":"ok"}}}`),
      /line 2: /,
    ],
    ['holds nothing', brotliCompressSync(`${header}\n`), /holds no reading/],
  ])('that %s is refused, and says why', async (_, bytes, message) => {
    // prettier-ignore
    const path = join(folder, 'broken');
    await writeFile(path, bytes);
    await expect(readRecording(path)).rejects.toThrow(message);
  });

  it('that is not there is not found', async () => {
    await expect(readRecording(join(folder, 'none'))).rejects.toMatchObject({ code: 'notFound' });
  });
});
