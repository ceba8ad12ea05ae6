import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { promisify } from 'node:util';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';

const run = promisify(execFile);

/** Addresses of the two ends of the link. */
export const hostAddress = '10.99.0.1';
const viewerAddress = '10.99.0.2';

/**
 * How a program is started in a network namespace of its own in which it may make others: without any right where the
 * system allows user namespaces, else as root. Null where neither works.
 */
export function findUnshare(): readonly string[] | null {
  for (const flags of ['-Urn', '-n']) {
    try {
      execFileSync('unshare', [flags, 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'ignore' });
      return ['unshare', flags];
    } catch {
      // Not in this way; the next may do.
      continue;
    }
  }
  return null;
}

/**
 * Two network namespaces joined by a cable: the one that this process is in, to be begun by `findUnshare`, where the
 * host is, and one more for the viewer. Both are gone with their processes.
 */
export class TwoNamespaces {
  /** Put before a command that shall run at the viewer's end. */
  readonly atViewer: readonly string[];
  readonly #keeper: ChildProcess;

  private constructor(keeper: ChildProcess) {
    this.#keeper = keeper;
    this.atViewer = ['nsenter', '-t', String(keeper.pid), '-n'];
  }

  static async create(): Promise<TwoNamespaces> {
    const keeper = spawn('unshare', ['-n', 'sleep', '600'], { stdio: 'ignore' });
    await untilElsewhere(keeper.pid!);
    const both = new TwoNamespaces(keeper);
    await run('ip', ['link', 'set', 'lo', 'up']);
    await run('ip', ['link', 'add', 'host0', 'type', 'veth', 'peer', 'name', 'viewer0']);
    await run('ip', ['link', 'set', 'viewer0', 'netns', String(keeper.pid)]);
    await run('ip', ['addr', 'add', `${hostAddress}/24`, 'dev', 'host0']);
    await run('ip', ['link', 'set', 'host0', 'up']);
    await both.#ipAtViewer('addr', 'add', `${viewerAddress}/24`, 'dev', 'viewer0');
    await both.#ipAtViewer('link', 'set', 'viewer0', 'up');
    return both;
  }

  /** Takes one end of the cable down or brings it up. */
  async setLink(end: 'host' | 'viewer', state: 'up' | 'down'): Promise<void> {
    if (end === 'host') await run('ip', ['link', 'set', 'host0', state]);
    else await this.#ipAtViewer('link', 'set', 'viewer0', state);
  }

  end(): void {
    this.#keeper.kill('SIGKILL');
  }

  async #ipAtViewer(...args: string[]): Promise<void> {
    const [program = '', ...rest] = [...this.atViewer, 'ip', ...args];
    await run(program, rest);
  }
}

/** Waits until a process that was just started has left this namespace. */
async function untilElsewhere(pid: number): Promise<void> {
  const own = readlinkSync('/proc/self/ns/net');
  for (let turn = 0; readlinkSync(`/proc/${pid}/ns/net`) === own; turn++) {
    if (turn === 500) throw new Error('unshare -n did not leave its namespace within 5 s.');
    await systemClock.sleep(10);
  }
}
