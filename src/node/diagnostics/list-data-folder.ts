import { lstat, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stats } from 'node:fs';
import type { DiagnosticsReport } from '../../shared/protocol/diagnostics-report.ts';
import { leftOut, maskSecrets } from './plain-prose.ts';

type Listing = DiagnosticsReport['dataFolder'];

/** What we put there; what else stands there has somebody else's name. */
const ownNames: ReadonlySet<string> = new Set([
  'audit.log',
  'config.json',
  'settings.schema.json',
  'electron',
  'host.json',
  'hosts',
  'logs',
  'notices.json',
  'pulsewire.log',
  'quick-view.json',
  'tls',
  'tokens',
  'window.json',
]);
const mostEntries = 100;
/** A folder is not walked longer than this: those of ours hold a few thousand files at most. */
const mostFiles = 20_000;

/** What lies in the data folder: how much, and who may read it. Of folders the sum, of names only those that we gave. Never throws. */
export async function listDataFolder(path: string, full: boolean): Promise<Listing> {
  const found = await lstat(path).catch(() => null);
  const names = found === null ? [] : await readdir(path).catch(() => []);
  const space = await statfs(path).catch(() => null);
  const entries: Listing['entries'] = [];
  for (const name of names.sort().slice(0, mostEntries)) {
    const entry = await describeEntry(path, name, full);
    if (entry) entries.push(entry);
  }
  return {
    ...(full && { path }),
    isThere: found !== null,
    mode: found && describeMode(found),
    freeBytes: space && space.bavail * space.bsize,
    entries,
  };
}

async function describeEntry(
  folder: string,
  name: string,
  full: boolean,
): Promise<Listing['entries'][number] | null> {
  const path = join(folder, name);
  const found = await lstat(path).catch(() => null);
  // Gone since it was listed, as a draft is.
  if (!found) return null;
  const { files, bytes } = found.isDirectory() ? await measure(path) : { files: 1, bytes: found.size };
  const shown =
    ownNames.has(name) || full
      ? maskSecrets(name)
      : name.startsWith('audit.log.')
        ? `audit.log.${leftOut}`
        : leftOut;
  return {
    name: shown,
    kind: describeKind(found),
    mode: describeMode(found),
    isOwn: isOwn(found),
    files,
    bytes,
  };
}

async function measure(path: string): Promise<{ files: number; bytes: number }> {
  const inside = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = inside.filter((entry) => entry.isFile()).slice(0, mostFiles);
  let bytes = 0;
  for (const { parentPath, name } of files)
    bytes += (await lstat(join(parentPath, name)).catch(() => null))?.size ?? 0;
  return { files: files.length, bytes };
}

function describeKind(found: Stats): string {
  if (found.isDirectory()) return 'folder';
  if (found.isFile()) return 'file';
  return found.isSymbolicLink() ? 'link' : 'other';
}

function describeMode({ mode }: Stats): string {
  return (mode & 0o7777).toString(8).padStart(4, '0');
}

function isOwn({ uid }: Stats): boolean {
  return process.getuid === undefined || uid === process.getuid();
}
