import { execFile } from 'node:child_process';

const watcher = 'org.kde.StatusNotifierWatcher';
const askTimeoutMs = 2_000;

/** Programs that can ask the session bus a question, each with how it is asked. */
const askers: readonly (readonly [program: string, args: readonly string[]])[] = [
  [
    'gdbus',
    [
      ...['call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus'],
      ...['--method', 'org.freedesktop.DBus.NameHasOwner', watcher],
    ],
  ],
  [
    'dbus-send',
    [
      ...['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'],
      ...['org.freedesktop.DBus.NameHasOwner', `string:${watcher}`],
    ],
  ],
  [
    'busctl',
    [
      ...['--user', 'call', 'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus'],
      ...['NameHasOwner', 's', watcher],
    ],
  ],
];

/** Runs a program and resolves with what it printed; null where it is missing or fails. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<string | null>;

/**
 * Whether a tray icon would be seen. macOS and Windows always have a tray; on Linux the desktop has one where
 * somebody owns the StatusNotifierWatcher's name on the session bus. Where nobody can be asked the answer is
 * no: an app that quits is better than one that cannot be found. See the StatusNotifierItem specification.
 */
export async function findTrayHost(
  platform: NodeJS.Platform = process.platform,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  run: RunProgram = runProgram,
): Promise<boolean> {
  if (platform !== 'linux') return platform === 'darwin' || platform === 'win32';
  if (!environment['DBUS_SESSION_BUS_ADDRESS'] && !environment['XDG_RUNTIME_DIR']) return false;
  for (const [program, args] of askers) {
    const answer = await run(program, args);
    if (answer !== null) return /\btrue\b/.test(answer);
  }
  return false;
}

function runProgram(program: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: askTimeoutMs, maxBuffer: 64 * 1024 }, (error, stdout) => {
      resolve(error ? null : stdout);
    });
  });
}
