import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version in the nearest package.json of ours at or above `folder`; "0.0.0" where there is none. */
export function readVersion(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    try {
      const found = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as {
        name?: string;
        version?: string;
      };
      if (found.name === 'pulsewire' && found.version) return found.version;
    } catch {
      // Not here: one folder up, then.
    }
    if (dirname(at) === at) return '0.0.0';
  }
}
