import { join } from 'node:path';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import { deriveClientLimits } from '../node/config/config.ts';
import { locateDataFolder, prepareDataFolder } from '../node/config/data-folder.ts';
import type { GivenValues } from '../node/config/given-settings.ts';
import type { SettingsFile } from '../node/config/settings-file.ts';
import { forkProbe } from '../node/probe/fork-probe.ts';
import { createHost, type Host } from '../node/server/create-host.ts';
import { openReplayAsked } from '../node/replay/replay.ts';
import type { Log } from '../node/server/log.ts';
import { formatTime } from './pair-command.ts';
import type { ServeOptions } from './serve-command-line.ts';
import type { ServiceManager } from './service-manager.ts';

export interface ServeContext {
  readonly version: string;
  /** Where the built program lies: the probe process beside it, the viewer page in `../renderer`. */
  readonly programDir: string;
  /** What the environment gives. */
  readonly environment: GivenValues;
  /** The settings in force. */
  readonly settings: SettingsFile;
  readonly log: Log;
  readonly print: (text: string) => void;
  /** Aborts when the program is to end. */
  readonly signal: AbortSignal;
  /** Hears of each wish that the settings be read anew. Returns the unsubscribe. */
  readonly onReload: (listener: () => void) => () => void;
  /** Who has started this program and wants to know how it is; null where nobody does. */
  readonly manager: ServiceManager | null;
}

/** How long a sample may be late before the service manager hears nothing more, in milliseconds. */
const samplePatienceMs = 10_000;

/**
 * Serves until the signal aborts, then tells every client bye and resolves. Ends as cleanly where the signal
 * comes while it is still starting. Throws MonitorError with a line for people where it cannot start.
 */
export async function serve(options: ServeOptions, context: ServeContext): Promise<void> {
  const { programDir, version, environment, settings, log, print, signal, manager } = context;
  const given = { ...environment, ...options };
  const folder = locateDataFolder(given.dataDir);
  await prepareDataFolder(folder);
  if (signal.aborted) return;
  const host = await createHost({
    dataDir: folder.path,
    settings,
    port: given.port,
    bind: given.bind,
    share: given.share ?? given.sharePlainHttp,
    plainHttp: given.sharePlainHttp,
    limits: given.maxClients === undefined ? undefined : deriveClientLimits(given.maxClients),
    staticDir: join(programDir, '..', 'renderer'),
    version,
    spawnProbe: () => forkProbe(join(programDir, 'probe-process.js')),
    replay: await openReplayAsked(options, systemClock),
    log,
  });
  if (!signal.aborted) {
    print(describeStart(host, options.json === true));
    const stopReloads = context.onReload(() => void reload(settings, host, manager, log));
    manager?.watch(
      host.monitor.tasks.service('service manager'),
      () => host.monitor.sampler.isTicking(samplePatienceMs),
      () => describeState(host),
    );
    void manager?.ready(describeState(host));
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    stopReloads();
  }
  await Promise.all([manager?.stopping(), host.close('The host is shutting down.')]);
}

async function reload(
  settings: SettingsFile,
  host: Host,
  manager: ServiceManager | null,
  log: Log,
): Promise<void> {
  void manager?.reloading();
  await settings.reload();
  const waiting = settings.needRestart();
  log(
    'info',
    `The settings were read anew.${waiting.length > 0 ? ` With the next start: ${waiting.join(', ')}.` : ''}`,
  );
  void manager?.ready(describeState(host));
}

/** For the one line that a service manager shows. */
function describeState({ server, monitor }: Host): string {
  const { sessionCount } = monitor;
  return `Serves at ${server.url} to ${sessionCount} ${sessionCount === 1 ? 'viewer' : 'viewers'}`;
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
