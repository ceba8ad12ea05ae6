import { readFile, unlink } from 'node:fs/promises';
import * as v from 'valibot';
import { writeWhole } from './write-whole.ts';

/** Where the host that runs on a data folder can be reached from this machine. */
const hostFileSchema = v.object({ url: v.string(), instanceId: v.string(), pid: v.number() });
export type HostFile = v.InferOutput<typeof hostFileSchema>;

/** Tells the owner's other programs of a host that runs. Mode 0600. Throws the system's error. */
export async function writeHostFile(path: string, facts: HostFile): Promise<void> {
  await writeWhole(path, `${JSON.stringify(facts)}\n`);
}

/** The host that runs on the folder, or ran until it was killed; null where none is told of. */
export async function readHostFile(path: string): Promise<HostFile | null> {
  try {
    const parsed = v.safeParse(hostFileSchema, JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.output : null;
  } catch {
    // Missing, or no JSON: either way it tells of no host.
    return null;
  }
}

/** Tells of it no longer, unless another host has taken the folder over. */
export async function removeHostFile(path: string, instanceId: string): Promise<void> {
  const told = await readHostFile(path);
  if (told?.instanceId === instanceId) await unlink(path);
}
