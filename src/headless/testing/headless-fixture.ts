import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { buildHeadless, HeadlessProcess, removeBuild } from './built-headless.ts';

/** The headless program, built once for a describe, with a new data folder for each test. */
export interface HeadlessFixture {
  readonly entry: string;
  readonly dataDir: string;
  /** Starts it; what still runs when the test ends is killed. */
  start(...args: string[]): HeadlessProcess;
}

/** Registers what makes and removes it with the describe that it is called in. */
export function prepareHeadless(folderPrefix: string): HeadlessFixture {
  let entry = '';
  let dataDir = '';
  let running: HeadlessProcess[] = [];
  beforeAll(async () => {
    entry = await buildHeadless();
  });
  afterAll(() => removeBuild(entry));
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), folderPrefix));
    running = [];
  });
  afterEach(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await Promise.all(running.map(({ exited }) => exited));
    await rm(dataDir, { recursive: true, force: true });
  });
  return {
    get entry() {
      return entry;
    },
    get dataDir() {
      return dataDir;
    },
    start: (...args) => {
      const started = new HeadlessProcess(entry, args);
      running.push(started);
      return started;
    },
  };
}
