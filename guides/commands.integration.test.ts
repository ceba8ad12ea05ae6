import { execFileSync } from 'node:child_process';
import { cp, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ensureBuild } from '../scripts/build.mjs';
import { findUnshare } from '../src/headless/testing/two-namespaces.ts';
import { matchesOutput, type Fence } from './fences.ts';
import { guidePages, projectFolder, type Page } from './pages.ts';
import { ReaderShell } from './reader-shell.ts';

/** How long one block may take. */
const limitMs = 40_000;
/**
 * How many blocks of each page cannot be run here, each with its reason behind its fence. A block more is a promise less:
 * look for a way to run it before this number is raised.
 */
const notRunHere: Readonly<Record<string, number>> = {
  'README.md': 1,
  'docs/client.md': 1,
  'docs/deployment.md': 7,
  'docs/releasing.md': 4,
};

const unshare = findUnshare();
const without = unshare ? '' : ' (skipped: neither `unshare -Urn` nor `unshare -n` works here)';
const pages = guidePages.filter(({ fences }) => fences.some(isCommand));

function isCommand({ language }: Fence): boolean {
  return language === 'sh';
}

function isRun(fence: Fence): boolean {
  return isCommand(fence) && !fence.marks.has('not-run');
}

describe('commands in the guides', () => {
  it('are not run for a reason that stands there, and are then at least the shell’s', () => {
    const counted: Record<string, number> = {};
    for (const { path, fences } of pages) {
      for (const { line, text, marks } of fences.filter(isCommand)) {
        const reason = marks.get('not-run');
        if (reason === undefined) continue;
        counted[path] = (counted[path] ?? 0) + 1;
        expect([`${path}:${line}`, reason]).toEqual([`${path}:${line}`, expect.stringMatching(/\w+ \w+/)]);
        execFileSync('bash', ['-n'], { input: text });
      }
    }
    expect(counted).toEqual(notRunHere);
  });

  it('are marked by words that mean something', () => {
    for (const { path, fences } of pages)
      for (const { line, marks } of fences.filter(isCommand))
        for (const name of marks.keys())
          expect([`${path}:${line}`, name]).toEqual([
            `${path}:${line}`,
            expect.stringMatching(/^(not-run|stays)$/),
          ]);
  });
});

describe.skipIf(!unshare)(`a reader in an empty home who copies each block of a page${without}`, () => {
  beforeAll(async () => {
    await ensureBuild();
  }, 180_000);

  it.each(pages.filter(({ fences }) => fences.some(isRun)).map((page) => [page.path, page] as const))(
    '%s',
    async (_, page) => {
      const shell = await openShell(page);
      onTestFinished(async () => {
        await shell.end();
      });
      await follow(shell, page);
      expect(await shell.end()).toEqual([]);
    },
  );
});

/** Runs the blocks of a page in order, and compares what they print with what the page shows. */
async function follow(shell: ReaderShell, { path, fences }: Page): Promise<void> {
  let printed: string | null = null;
  for (const fence of fences) {
    const { line, language, marks, text } = fence;
    const at = `${path}:${line}`;
    if (isRun(fence)) {
      const sign = marks.get('stays');
      const outcome = await (sign === undefined
        ? shell.run(text, limitMs)
        : shell.start(text, sign, limitMs));
      const { status, stdout, stderr } = outcome;
      const why =
        status === null
          ? `did not ${sign === undefined ? 'end' : `print “${sign}”`} in time`
          : `failed with ${status}`;
      if (status !== 0) throw new Error(`${at} ${why}.\n${text}\n${stdout}\n${stderr}`);
      printed = stdout;
    } else if (language === 'text' && marks.has('output')) {
      expect(printed, `${at} shows an output without a command that was run before it`).not.toBeNull();
      const shown = { at, shown: text, printed };
      expect({ ...shown, isSo: matchesOutput(text, printed!) }).toEqual({ ...shown, isSo: true });
    }
  }
}

/**
 * The shell of a page's reader. `pulsewire` is the built program. Where the page has commands of npm, its reader is in a
 * checkout: a copy of this one, in which `npm ci` is answered with the packages that are here, since to install
 * them a second time takes minutes and needs a registry. All else of npm is the real one. A page that has no `npm ci` is read by
 * somebody who has done that.
 */
async function openShell({ fences }: Page): Promise<ReaderShell> {
  const npm = join(dirname(process.execPath), 'npm');
  const shell = await ReaderShell.create({
    through: [...unshare!, 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'],
    programs: {
      pulsewire: `#!/bin/sh\nexec node '${join(projectFolder, 'out/main/headless.js')}' "$@"\n`,
      npm:
        `#!/bin/sh\n[ "$1" = ci ] && exec ln -s '${join(projectFolder, 'node_modules')}' node_modules\n` +
        `exec '${npm}' "$@"\n`,
    },
  });
  const ofNpm = fences.filter((fence) => isRun(fence) && /^npm /m.test(fence.text));
  if (ofNpm.length > 0) await copyCheckout(shell.home);
  if (ofNpm.length > 0 && !ofNpm.some(({ text }) => text.startsWith('npm ci')))
    await symlink(join(projectFolder, 'node_modules'), join(shell.home, 'node_modules'));
  return shell;
}

/** What is in the repository, and what is built of it, so that nothing is built anew. */
async function copyCheckout(to: string): Promise<void> {
  const left = new Set(['.git', 'node_modules', 'dist', 'test-results', 'playwright-report', '.cache']);
  await cp(projectFolder, to, {
    recursive: true,
    // By which the build knows that it is fresh.
    preserveTimestamps: true,
    filter: (path) => dirname(path) !== projectFolder || !left.has(basename(path)),
  });
}
