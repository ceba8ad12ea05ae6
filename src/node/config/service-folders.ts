/** What systemd tells its services of their folders; nothing where this process is none. */
export interface ServiceFolders {
  readonly state?: string | undefined;
  readonly configuration?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where systemd wants a service's state and settings (`STATE_DIRECTORY`, `CONFIGURATION_DIRECTORY`, systemd.exec(5)). Whatever
 * a service starts inherits these, a shell in a terminal for one: they are this program's only where systemd has started
 * it itself, which `SYSTEMD_EXEC_PID` tells since version 248.
 */
export function readServiceFolders(
  environment: Environment = process.env,
  pid: number = process.pid,
): ServiceFolders {
  if (environment['SYSTEMD_EXEC_PID'] !== String(pid)) return {};
  // Several are separated by colons; ours are the first.
  const first = (name: string): string | undefined => environment[name]?.split(':', 1)[0] || undefined;
  return { state: first('STATE_DIRECTORY'), configuration: first('CONFIGURATION_DIRECTORY') };
}
