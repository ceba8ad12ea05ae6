import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { systemClock } from '../src/shared/lifecycle/system-clock.ts';
import { DevTools } from './devtools.ts';

/** A folder for an app's data, which is the caller's to remove. */
export function createDataFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'pulsewire-footprint-'));
}

/** An Electron app under measurement, in a process tree of its own. Whoever starts one ends it. */
export class MeasuredApp {
  /** When it was started, by the wall clock. */
  readonly startedWallMs: number;
  readonly #child: ChildProcess;
  /** To be removed with it. */
  readonly #folder: string | null;
  readonly #exited: Promise<unknown>;
  #said = '';

  private constructor(child: ChildProcess, folder: string | null, startedWallMs: number) {
    this.#child = child;
    this.#folder = folder;
    this.startedWallMs = startedWallMs;
    this.#exited = once(child, 'close');
    child.stderr!.on('data', (chunk: Buffer) => (this.#said += chunk.toString()));
  }

  /**
   * This build, with a data folder of its own or in one that is the caller's to remove. `inspected`: both ends can be asked
   * things, which costs something.
   */
  static async start(
    args: readonly string[],
    env: NodeJS.ProcessEnv,
    inspected = false,
    kept: string | null = null,
  ): Promise<MeasuredApp> {
    const folder = kept ?? (await createDataFolder());
    // The tour is there once in the life of an app, over a part of the page that it leaves undrawn.
    await writeFile(join(folder, 'config.json'), '{"view": {"tourSeen": true}}\n');
    const own = ['--data-dir', folder, '--port', '0', ...args];
    return MeasuredApp.#spawn(process.cwd(), own, env, kept === null ? folder : null, inspected);
  }

  /** The least that an Electron app can be: nothing, or a window with nothing in it. */
  static async startEmpty(withWindow: boolean, env: NodeJS.ProcessEnv): Promise<MeasuredApp> {
    const folder = await createDataFolder();
    await writeFile(
      join(folder, 'package.json'),
      '{ "name": "empty", "version": "1.0.0", "main": "main.cjs" }',
    );
    await writeFile(
      join(folder, 'main.cjs'),
      `const { app, BrowserWindow } = require('electron');
app.setPath('userData', ${JSON.stringify(join(folder, 'data'))});
app.on('window-all-closed', () => undefined);
app.whenReady().then(() => ${withWindow} && new BrowserWindow({ width: 1280, height: 860 }).loadURL('about:blank'));`,
    );
    return MeasuredApp.#spawn(folder, [], env, folder, false);
  }

  static async #spawn(
    appFolder: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv,
    folder: string | null,
    inspected: boolean,
  ): Promise<MeasuredApp> {
    const path = await findElectron();
    const switches = [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(inspected ? ['--inspect=0', '--remote-debugging-port=0'] : []),
    ];
    const startedWallMs = systemClock.wall();
    const child = spawn(path, [...switches, appFolder, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return new MeasuredApp(child, folder, startedWallMs);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The page at an address, of an app that is inspected. */
  async page(addressEnd: RegExp): Promise<DevTools> {
    const [, port] = await this.#hear(/DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//);
    return DevTools.ofPage(Number(port), addressEnd);
  }

  /** Its own process, of an app that is inspected. */
  async main(): Promise<DevTools> {
    const [, url] = await this.#hear(/Debugger listening on (ws:\S+)/);
    return DevTools.open(url!);
  }

  async end(): Promise<void> {
    this.#child.kill('SIGTERM');
    const late = new AbortController();
    void systemClock.sleep(10_000, late.signal).then(
      () => this.#child.kill('SIGKILL'),
      () => undefined,
    );
    await this.#exited;
    late.abort();
    if (this.#folder !== null) await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #hear(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.#said);
      if (found) return found;
      if (this.#child.exitCode !== null) throw new Error(`The app ended: ${this.#said}`);
      await systemClock.sleep(10);
    }
  }
}

/** Compiled, the bench lies elsewhere: the script is asked where it is. */
async function findElectron(): Promise<string> {
  const script = pathToFileURL(join(process.cwd(), 'scripts', 'electron-runtime.mjs')).href;
  const { resolveElectronRuntime } = (await import(/* @vite-ignore */ script)) as {
    resolveElectronRuntime: () => Promise<{ executablePath: string }>;
  };
  return (await resolveElectronRuntime()).executablePath;
}
