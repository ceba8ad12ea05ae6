import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { selectSteps } from '../scripts/lib/test-steps.mjs';
import { parseCommandLine } from '../src/headless/command-line.ts';
import { guidePages, projectFolder, type Page } from './pages.ts';

const { scripts } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** Where the app reads its own switches, which are not those of the command line. */
const appSource = readFileSync(join(projectFolder, 'src/main/command-line.ts'), 'utf8');

/** Every command that a page names: between backticks, and on the lines of its blocks, those too that are not run. */
function commandsIn({ markdown, fences }: Page): string[] {
  const prose = markdown.replaceAll(/^( *)```[\s\S]*?^\1```$/gm, '');
  const inline = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);
  const lines = fences
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.replaceAll(/\\\n\s*/g, '').split('\n'));
  return [...inline, ...lines]
    .flatMap((line) => line.split(/&&|\|\||\||;|\$\(|\)/))
    .map((part) => part.trim());
}

/** Words of a command, up to where its output or a comment goes. Quotation marks are taken off. */
function wordsOf(command: string): string[] {
  const words = command.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  const end = words.findIndex((word) => /^(\d?>|<|#|&$)/.test(word));
  return (end < 0 ? words : words.slice(0, end)).map((word) => word.replace(/^(["'])(.*)\1$/, '$2'));
}

/** What is wrong with a command; null for one that is right, or that is somebody else's. */
function findFault(command: string): string | null {
  const words = wordsOf(command.replace(/^(sudo |[A-Z_]+=\S+ )+/, ''));
  const [program, verb, ...rest] = words;
  if (program === 'pulsewire' && verb?.startsWith('--') && appSource.includes(`name === '${verb}'`))
    return null;
  if (program === 'pulsewire') {
    const invocation = parseCommandLine(words.slice(1), '0.0.0');
    return invocation.command === 'refuse' ? invocation.message : null;
  }
  if (program === 'npx' && verb === 'vitest') return findMissing(rest.filter((word) => /[/.]/.test(word)));
  if (program === 'node' && verb?.startsWith('scripts/')) return findMissing([verb]);
  if (program !== 'npm') return null;
  if (verb === 'test') {
    const only = rest.indexOf('--only');
    return only < 0 ? null : selectSteps(rest[only + 1]).length > 0 ? null : 'no such step';
  }
  if (verb !== 'run') return null;
  const name = rest.find((word) => !word.startsWith('-'));
  if (name === undefined || scripts[name] === undefined) return `there is no script ${name}`;
  const [after] = rest.slice(rest.indexOf('--') + 1);
  if (name === 'bench' && rest.includes('--') && !after!.startsWith('-'))
    return findMissing([`bench/${after}.bench.ts`]);
  if (name === 'headless')
    return findFault(
      ['pulsewire', ...(rest.includes('--') ? rest.slice(rest.indexOf('--') + 1) : [])].join(' '),
    );
  return null;
}

const findMissing = (paths: readonly string[]): string | null =>
  paths.find(
    (path) =>
      !existsSync(join(projectFolder, path)) &&
      !existsSync(join(projectFolder, `${path}.integration.test.ts`)),
  ) ?? null;

describe('commands that the guides name', () => {
  it.each(guidePages.map((page) => [page.path, page] as const))(
    'are there, with their options: %s',
    (_, page) => {
      const faults = commandsIn(page).map((command) => [command, findFault(command)]);
      expect(faults.filter(([, fault]) => fault !== null)).toEqual([]);
    },
  );

  it('are missed where they are not', () => {
    expect(findFault('pulsewire token revoke ID')).toBeNull();
    expect(findFault('pulsewire token forget ID')).toMatch(/Say which/);
    expect(findFault('npm run nothing')).toBe('there is no script nothing');
    expect(findFault('npm run bench -- nothing --json')).toBe('bench/nothing.bench.ts');
    expect(findFault('npx vitest run src/nowhere')).toBe('src/nowhere');
  });
});
