import { join } from 'node:path';
import { FakeClock } from '../../../shared/lifecycle/fake-clock.ts';
import type { LinuxSources } from '../linux-sources.ts';

/** Where collectors find a recorded machine, or any folder that has its `proc`, `sys`, `etc` and `run`. */
export function sourcesOf(folder: string, clock = new FakeClock()): LinuxSources & { clock: FakeClock } {
  const root = folder.startsWith('/') ? folder : join(import.meta.dirname, '../fixtures', folder);
  const [procRoot, sysRoot, etcRoot, runRoot] = ['proc', 'sys', 'etc', 'run'].map((name) => join(root, name)) as [string, string, string, string]; // prettier-ignore
  return { clock, procRoot, sysRoot, etcRoot, runRoot };
}
