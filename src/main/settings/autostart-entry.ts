import { mkdir, readFile, unlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { writeWhole } from '../../node/config/write-whole.ts';

/** Where a desktop of Linux looks for what to start at login. Source: XDG Autostart and Base Directory specifications. */
export function locateAutostartEntry(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const configHome = environment['XDG_CONFIG_HOME'];
  const base = configHome && isAbsolute(configHome) ? configHome : join(homedir(), '.config');
  return join(base, 'autostart', 'pulsewire.desktop');
}

/** The entry that starts a program with its arguments. Source: Desktop Entry specification, "The Exec key". */
export function createAutostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Pulsewire',
    'Comment=System monitor',
    `Exec=${command.map(quoteArgument).join(' ')}`,
    // Once the program has been removed the desktop takes the entry for none.
    `TryExec=${escapeValue(command[0] ?? '')}`,
    'Icon=pulsewire',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Writes the entry, or takes it away where there is to be none. Throws the system's error. */
export async function keepAutostartEntry(path: string, entry: string | null): Promise<void> {
  const found = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  });
  if (found === entry) return;
  if (entry === null) return unlink(path);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeWhole(path, entry);
}

/**
 * An argument as the Exec key takes it: in quotes, `"`, `` ` ``, `$` and `\` escaped, `%` doubled; and then once more
 * escaped as any value of a desktop entry is.
 */
function quoteArgument(argument: string): string {
  const quoted = argument.replaceAll(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  return escapeValue(`"${quoted}"`);
}

function escapeValue(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
