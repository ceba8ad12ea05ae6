import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeWhole } from './write-whole.ts';

/** The schema's name beside the settings file. */
export const schemaName = 'config.schema.json';

/** Puts the schema beside a settings file, for editors that complete and check by it. Throws the system's error. */
export async function writeSchema(schemaPath: string, settingsPath: string): Promise<void> {
  await writeWhole(besideOf(settingsPath), await readFile(schemaPath, 'utf8'));
}

/** Brings a schema that was put there by an earlier version up to date. It is only a convenience: it never fails. */
export async function refreshSchema(where: {
  readonly schemaPath?: string | undefined;
  readonly path: string;
}): Promise<void> {
  if (where.schemaPath === undefined) return;
  try {
    const [wanted, found] = await Promise.all([
      readFile(where.schemaPath, 'utf8'),
      readFile(besideOf(where.path), 'utf8'),
    ]);
    if (wanted !== found) await writeWhole(besideOf(where.path), wanted);
  } catch {
    // There is none beside it, or it may not be written.
  }
}

function besideOf(settingsPath: string): string {
  return join(dirname(settingsPath), schemaName);
}
