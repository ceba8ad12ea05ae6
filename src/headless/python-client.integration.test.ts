import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { buildHeadless, HeadlessProcess, removeBuild } from './testing/built-headless.ts';

const run = promisify(execFile);
const example = join(import.meta.dirname, '..', '..', 'docs', 'protocol', 'examples', 'watch.py');
/** Debian's own Python, whose `websockets` is the package python3-websockets. */
const python = '/usr/bin/python3';
const hasPackage = spawnSync(python, ['-c', 'import websockets']).status === 0;

// Where the package is missing: sudo apt-get install -y python3-websockets
it.skipIf(!hasPackage)(
  'is watched by a client in Python that was written from docs/protocol alone, which resumes without a loss',
  async () => {
    const entry = await buildHeadless();
    const dataDir = await mkdtemp(join(tmpdir(), 'pulsewire-python-'));
    const host = new HeadlessProcess(entry, ['--port', '0', '--json', '--data-dir', dataDir]);
    try {
      const { url, pairingCode } = JSON.parse(await host.firstLine()) as { url: string; pairingCode: string };
      const { stdout } = await run(python, [example, url, pairingCode], { timeout: 40_000 });
      const seen = JSON.parse(stdout) as { received: number[] };
      expect(seen).toMatchObject({
        restarted: false,
        missing: [],
        twice: 0,
        inOrder: true,
        pong: 7,
        errors: { type: 'unknownType', method: 'unknownMethod', interval: 'limitExceeded' },
        closes: {
          notJson: [1007, 'invalidMessage'],
          noSuchTopic: [1007, 'invalidMessage'],
          wrongToken: [4401, 'unauthorized'],
        },
      });
      expect(seen.received).toHaveLength(22);
    } finally {
      host.child.kill('SIGTERM');
      await host.exited;
      await rm(dataDir, { recursive: true, force: true });
      await removeBuild(entry);
    }
  },
  120_000,
);
