import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { roomZones } from '../scripts/lib/rooms.mjs';
import { locateDataFolder } from '../src/node/config/data-folder.ts';
import { readTables, type TableRows } from './claims.ts';
import { projectFolder, readPage } from './pages.ts';

const page = readPage('docs/architecture.md').markdown;
const tables = readTables(page);
const readTable = (heading: string): TableRows => tables.get(heading) ?? [];

/** Words between backticks. */
const codeIn = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);

/** What each room may import, as the page says. */
const rooms = new Map(
  readTable('Rooms').map(([room = '', may = '']) => [
    codeIn(room)[0]!.replace('src/', ''),
    codeIn(may).sort(),
  ]),
);

/** The names of the rooms that a room's project refers to; `client/node` is a part of `client`. */
function readReferences(room: string): string[] {
  const text = readFileSync(join(projectFolder, 'src', room, 'tsconfig.json'), 'utf8');
  const { references } = JSON.parse(text) as { references: { path: string }[] };
  const names = references.map(({ path }) => join(room, path).split('/')[0]!);
  return [...new Set(names)].sort();
}

describe('the page about the architecture', () => {
  it('names every folder of src, and no other', () => {
    const folders = readdirSync(join(projectFolder, 'src'), { withFileTypes: true });
    expect([...rooms.keys()].sort()).toEqual(
      folders
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('lets each room import what the linter does', () => {
    const config = readFileSync(join(projectFolder, 'eslint.config.js'), 'utf8');
    expect(config).toContain("'import-x/no-restricted-paths': ['error', { zones: roomZones }]");
    const allowed = roomZones.map(({ target, except }) => {
      const room = target.replace('./src/', '');
      return [
        room,
        except
          .map((path) => path.replace('./', ''))
          .filter((name) => name !== room)
          .sort(),
      ];
    });
    expect(Object.fromEntries(rooms)).toEqual(Object.fromEntries(allowed));
  });

  it('lets each room import what the compiler does', () => {
    for (const [room, may] of rooms) expect([room, readReferences(room)]).toEqual([room, may]);
  });

  it('names types where they are', () => {
    const types = readTable('The types that carry it');
    expect(types.length).toBeGreaterThan(10);
    for (const [name = '', path = ''] of types) {
      const source = readFileSync(join(projectFolder, codeIn(path)[0]!), 'utf8');
      expect([name, source]).toEqual([
        name,
        expect.stringMatching(
          new RegExp(`^export (abstract )?(class|interface) ${codeIn(name)[0]!}\\b`, 'm'),
        ),
      ]);
    }
  });

  it('names what a host keeps in its data folder', () => {
    const { path, ...files } = locateDataFolder('/data');
    const names = Object.values(files).map((file) => file.slice(path.length + 1).split('/')[0]);
    const told = readTable('What lies on disk').map(([name = '']) => codeIn(name)[0]!.replace(/\/$/, ''));
    expect(told).toEqual(expect.arrayContaining(names));
  });

  it('names only files and folders that are there', () => {
    const paths = codeIn(page).filter((code) =>
      /^(src|guides|e2e|bench|accuracy|scripts|build|docs)\/|^[\w.]+\.(js|json)$/.test(code),
    );
    expect(paths.length).toBeGreaterThan(25);
    const inData = readTable('What lies on disk').flatMap(([name = '']) => codeIn(name));
    const general = ['tsconfig.json', ...inData];
    for (const path of paths.filter((name) => !general.includes(name)))
      expect([path, existsSync(join(projectFolder, path))]).toEqual([path, true]);
  });
});
