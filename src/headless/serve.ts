import { join } from 'node:path';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import type { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { deriveClientLimits } from '../node/config/config.ts';
import { locateDataFolder, prepareDataFolder } from '../node/config/data-folder.ts';
import { SettingsFile } from '../node/config/settings-file.ts';
import { forkProbe } from '../node/probe/fork-probe.ts';
import { createHost, type Host } from '../node/server/create-host.ts';
import { openReplayAsked } from '../node/replay/replay.ts';
import type { Log } from '../node/server/log.ts';
import type { ServeOptions } from './serve-command-line.ts';
import { formatTime } from './pair-command.ts';

export interface ServeContext {
  readonly version: string;
  /** Where the built program lies: the probe process beside it, the viewer page in `../renderer`. */
  readonly programDir: string;
  readonly log: Log;
  readonly print: (text: string) => void;
  /** Aborts when the program is to end. */
  readonly signal: AbortSignal;
}

/**
 * Serves until the signal aborts, then tells every client bye and resolves. Ends as cleanly where the signal
 * comes while it is still starting. Throws MonitorError with a line for people where it cannot start.
 */
export async function serve(options: ServeOptions, context: ServeContext): Promise<void> {
  const { programDir, version, log, print, signal } = context;
  const folder = locateDataFolder(options.dataDir);
  const settings = await SettingsFile.open({
    path: options.config ?? folder.configFile,
    mustExist: options.config !== undefined,
    isStrict: true,
    clock: systemClock,
    log,
  });
  await prepareDataFolder(folder);
  if (signal.aborted) return;
  const host = await createHost({
    dataDir: folder.path,
    settings,
    port: options.port,
    bind: options.bind,
    share: options.share ?? options.sharePlainHttp,
    plainHttp: options.sharePlainHttp,
    limits: options.maxClients === undefined ? undefined : deriveClientLimits(options.maxClients),
    staticDir: join(programDir, '..', 'renderer'),
    version,
    spawnProbe: () => forkProbe(join(programDir, 'probe-process.js')),
    replay: await openReplayAsked(options, systemClock),
    log,
  });
  if (!signal.aborted) {
    print(describeStart(host, options.json === true));
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }
  await host.close('The host is shutting down.');
}

function describeStart(host: Host, asJson: boolean): string {
  const { port, url, sharing } = host.server;
  const { code, expiresAtMs } = host.pairing.open();
  const status = sharing.status();
  if (asJson) {
    const { urls, fingerprint } = status;
    const shared = status.state === 'on' && { sharing: { urls, fingerprint } };
    const expiresAt = new Date(expiresAtMs).toISOString();
    return `${JSON.stringify({ event: 'listening', port, url, pairingCode: code, expiresAt, ...shared })}\n`;
  }
  return [
    'Pulsewire serves headless, without a window.',
    `Open   ${url}`,
    ...status.urls.map((lanUrl) => `LAN    ${lanUrl}`),
    ...(status.fingerprint ? [`SHA-256 of its certificate: ${status.fingerprint}`] : []),
    ...(status.message ? [status.message] : []),
    `Code   ${code}   for one device, until ${formatTime(expiresAtMs)}; "pair" makes another`,
    '',
  ].join('\n');
}

/** What a failure to start exits with: 2 where the command line, the config or the data folder is to blame. */
export function deriveExitStatus(error: MonitorError): number {
  return ['invalidArgument', 'io', 'notFound'].includes(error.code) ? 2 : 1;
}
