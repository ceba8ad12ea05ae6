import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder with files of a machine's /proc and /sys as a test wants them. Disposing of it removes the folder. */
export class MadeMachine implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'pulsewire-made-'));

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    for (const [path, content] of Object.entries(files)) this.put(path, content);
  }

  put(path: string, content: string | Uint8Array): void {
    const own = this.#clear(path);
    writeFileSync(own, content);
  }

  /** Changes a file in its place, which who keeps it open sees. */
  rewrite(path: string, content: string): void {
    writeFileSync(join(this.folder, path), content);
  }

  /** A pipe that nobody writes to: opening it would wait for ever. */
  putPipe(path: string): void {
    execFileSync('mkfifo', [this.#clear(path)]);
  }

  remove(path: string): void {
    this.#clear(path);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { force: true, recursive: true });
  }

  #clear(path: string): string {
    const own = join(this.folder, path);
    rmSync(own, { force: true, recursive: true });
    mkdirSync(dirname(own), { recursive: true });
    return own;
  }
}
