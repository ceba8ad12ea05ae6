import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFences, type Fence } from './fences.ts';

/** The checkout. */
export const projectFolder = join(import.meta.dirname, '..');

/** A page in Markdown. */
export interface Page {
  /** Seen from the checkout. */
  readonly path: string;
  readonly markdown: string;
  readonly fences: readonly Fence[];
}

/** Reads one page, by its path seen from the checkout. */
export function readPage(path: string): Page {
  const markdown = readFileSync(join(projectFolder, path), 'utf8');
  return { path, markdown, fences: parseFences(markdown) };
}

/** All that people read: README, CONTRIBUTING, and the guides with the page of the protocol. Decisions are history. */
export const guidePages: readonly Page[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(projectFolder, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/${name}`),
  'docs/protocol/README.md',
].map(readPage);
