import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataFolder } from '../../node/config/data-folder.ts';
import type { DataFacts } from '../../shared/protocol/ipc-channels.ts';

/** A folder is not walked deeper or longer than this: it is ours, and holds a few thousand files at most. */
const mostFiles = 20_000;

/** How much of what the app keeps, in bytes. What cannot be read counts as nothing. */
export async function measureData(folder: DataFolder): Promise<DataFacts['bytes']> {
  const known = {
    access: [folder.tokens, folder.tls],
    auditLog: await listAuditLogs(folder),
    hosts: [join(folder.path, 'hosts')],
    browser: [join(folder.path, 'electron')],
  };
  const sizes = await Promise.all(
    Object.entries(known).map(async ([name, paths]) => {
      const parts = await Promise.all(paths.map(measure));
      return [name, parts.reduce((sum, bytes) => sum + bytes, 0)] as const;
    }),
  );
  const bytes = Object.fromEntries(sizes) as Record<keyof typeof known, number>;
  const whole = await measure(folder.path);
  const counted = sizes.reduce((sum, [, each]) => sum + each, 0);
  return { ...bytes, other: Math.max(0, whole - counted) };
}

/** The log and those that are full and were put aside. */
async function listAuditLogs({ path }: DataFolder): Promise<string[]> {
  const names = await readdir(path).catch(() => []);
  return names.filter((name) => name.startsWith('audit')).map((name) => join(path, name));
}

async function measure(path: string): Promise<number> {
  const facts = await stat(path).catch(() => null);
  if (!facts?.isDirectory()) return facts?.size ?? 0;
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries.slice(0, mostFiles)) {
    if (!entry.isFile()) continue;
    bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => null))?.size ?? 0;
  }
  return bytes;
}
