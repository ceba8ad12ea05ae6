import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What can be wrong with a file of /proc. */
export const faults = ['empty', 'truncated', 'absurd', 'vanished', 'fifo', 'folder'] as const;
export type Fault = (typeof faults)[number];

/** Folders of /proc in which single files are replaced. */
const ownFolders = ['net', 'pressure', 'self'] as const;

/**
 * A /proc of which single files can be made to fail for real: a folder of links to this machine's own, each of which
 * can be replaced before collectors open it. Disposing of it removes the folder.
 */
export class FaultyMachine implements Disposable {
  readonly procRoot: string;
  readonly #folder: string;

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'pulsewire-faulty-'));
    this.procRoot = join(this.#folder, 'proc');
    mkdirSync(this.procRoot);
    for (const name of readdirSync('/proc')) {
      if ((ownFolders as readonly string[]).includes(name)) continue;
      symlinkSync(join('/proc', name), join(this.procRoot, name));
    }
    for (const folder of ownFolders) this.#linkAll(folder);
  }

  /** Puts a fault in the place of a file, such as `net/dev`. */
  break(path: string, fault: Fault): void {
    const own = join(this.procRoot, path);
    const text = fault === 'truncated' ? readFileSync(join('/proc', path)) : Buffer.alloc(0);
    rmSync(own, { force: true, recursive: true });
    switch (fault) {
      case 'empty':
        writeFileSync(own, '');
        return;
      case 'truncated':
        // In the middle of a line, and mostly of a number.
        writeFileSync(own, text.subarray(0, Math.floor(text.length / 2) - 1));
        return;
      case 'absurd':
        writeFileSync(own, `${'9'.repeat(400)} -1 NaN \0\x1b[2J cpu cpu0 $(touch x) ${'\n:'.repeat(2_000)}`);
        return;
      case 'fifo':
        execFileSync('mkfifo', [own]);
        return;
      case 'folder':
        mkdirSync(own);
        return;
      case 'vanished':
    }
  }

  /** Makes a file right again: its text where it is a file, since descriptors of it may be kept, else the file itself. */
  mend(path: string): void {
    const own = join(this.procRoot, path);
    if (statSync(own, { throwIfNoEntry: false })?.isFile()) {
      writeFileSync(own, readFileSync(join('/proc', path)));
      return;
    }
    rmSync(own, { force: true, recursive: true });
    symlinkSync(join('/proc', path), own);
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { force: true, recursive: true });
  }

  #linkAll(folder: string): void {
    mkdirSync(join(this.procRoot, folder));
    try {
      for (const name of readdirSync(join('/proc', folder))) {
        symlinkSync(join('/proc', folder, name), join(this.procRoot, folder, name));
      }
    } catch {
      // This kernel has none, which is how collectors are to find it here too.
    }
  }
}
