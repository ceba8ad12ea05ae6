import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deriveTroubleEnd, readGraphicsTrouble, writeGraphicsTrouble } from './graphics-trouble.ts';

const dayMs = 24 * 3_600_000;
const trouble = { chromium: '130', sinceMs: 1_000 * dayMs };

it('holds for two weeks of the same engine', () => {
  expect(deriveTroubleEnd(trouble, '130', 1_000 * dayMs)).toBe(1_014 * dayMs);
  expect(deriveTroubleEnd(trouble, '130', 1_014 * dayMs - 1)).toBe(1_014 * dayMs);
});

it('is forgotten after that, with another engine, and where the clock was set back', () => {
  expect(deriveTroubleEnd(trouble, '130', 1_014 * dayMs)).toBeNull();
  expect(deriveTroubleEnd(trouble, '131', 1_001 * dayMs)).toBeNull();
  expect(deriveTroubleEnd(trouble, '130', 999 * dayMs)).toBeNull();
  expect(deriveTroubleEnd(null, '130', 0)).toBeNull();
});

it('is kept in a file, of which nonsense counts for nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pulsewire-graphics-'));
  const path = join(folder, 'graphics.json');
  expect(readGraphicsTrouble(path)).toBeNull();
  writeGraphicsTrouble(path, trouble);
  expect(readGraphicsTrouble(path)).toEqual(trouble);
  await writeFile(path, '{"chromium": 130}');
  expect(readGraphicsTrouble(path)).toBeNull();
  await rm(folder, { recursive: true });
});
