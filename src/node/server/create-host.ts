import { randomUUID } from 'node:crypto';
import { hostname, uptime } from 'node:os';
import type { AnyCollector } from '../../core/collector.ts';
import { createMonitor, type Monitor } from '../../core/monitor.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { systemClock } from '../../shared/lifecycle/system-clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { defaultLimits, protocolVersion, type Limits } from '../../shared/protocol/index.ts';
import type { CostRaw } from '../../shared/series/raw/cost.ts';
import type { DiagnosticsRaw } from '../../shared/series/raw/diagnostics.ts';
import type { DiagnosticsReport } from '../../shared/protocol/diagnostics-report.ts';
import { createAccessCollector, type AccessSources } from '../access/access-collector.ts';
import { createAccessMethods } from '../access/access-methods.ts';
import { AttemptTally } from '../audit/attempt-tally.ts';
import { createRefusalNote, recordEnds } from '../audit/record.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { createCollectors } from '../collectors/collectors.ts';
import { deriveBudgetSettings } from '../config/budget.ts';
import type { Config } from '../config/config.ts';
import { locateDataFolder, prepareDataFolder } from '../config/data-folder.ts';
import { removeHostFile, writeHostFile } from '../config/host-file.ts';
import { SettingsFile } from '../config/settings-file.ts';
import { deriveSharingSettings, describeBadBind, parseBind } from '../config/sharing.ts';
import { BatteryWatch } from '../cost/battery-watch.ts';
import { NodeOwnUse } from '../cost/node-own-use.ts';
import { createHostReport } from '../diagnostics/host-report.ts';
import { MdnsDiscovery } from '../discovery/mdns-discovery.ts';
import { ProbeClient, type ProbeProcess } from '../probe/probe-client.ts';
import { linuxSystem } from '../process/act-on-process.ts';
import { createInspect, createProcessMethods } from '../process/process-methods.ts';
import type { Replay } from '../replay/replay.ts';
import { CertificateStore } from './certificate-store.ts';
import type { Log } from './log.ts';
import { listMulticastInterfaces } from './own-addresses.ts';
import { Pairing } from './pairing.ts';
import { RecentLog } from './recent-log.ts';
import { createServer, type NetworkFacts, type Server } from './server.ts';
import { SharingFile } from './sharing-file.ts';
import { createSharingMethods } from './sharing-methods.ts';
import { TokenStore } from './token-store.ts';

export interface HostOptions {
  /** Where all state is kept. Made if need be. */
  readonly dataDir: string;
  /** The settings, followed as they change; without them those of the data folder. */
  readonly settings?: SettingsFile | undefined;
  /** Instead of what stands in `settings`, which is then not followed: for tests and benches. */
  readonly config?: Config;
  /** From the command line; wins over the config. */
  readonly port?: number | undefined;
  /** From the command line; wins over the config. An address of the LAN means sharing on it. */
  readonly bind?: string | undefined;
  /** From the command line; wins over the config. Where it cannot be shared, the host does not start. */
  readonly share?: boolean | undefined;
  /** From the command line; wins over the config. */
  readonly plainHttp?: boolean | undefined;
  /** Instead of this machine's own, for tests. */
  readonly network?: NetworkFacts | undefined;
  /** From the command line; wins over the config. */
  readonly limits?: Partial<Limits> | undefined;
  /** Where the built viewer page lies. */
  readonly staticDir: string;
  readonly version: string;
  /** Starts the process in which risky probes run. */
  readonly spawnProbe: () => ProbeProcess;
  readonly log: Log;
  /** What remembers the last lines of `log`, where others write to it too; without it the host remembers its own. */
  readonly recentLog?: RecentLog | undefined;
  readonly clock?: Clock;
  /** Processes of the monitor that are neither this one nor its helper: Electron's. */
  readonly otherProcesses?: (() => CostRaw['processes']) | undefined;
  /** Whether the machine runs on its battery, where the host knows better than /sys. */
  readonly onBattery?: (() => boolean) | undefined;
  /** Instead of this machine's own, for tests and benches. */
  readonly collectors?: readonly AnyCollector[];
  /** A machine that was recorded, in place of this one: nothing can be done to its processes, and it has no budget. */
  readonly replay?: Replay | undefined;
  /** Whether somebody with the scope admin, or at the host's own window, decides about each device that has the code. */
  readonly confirmPairing?: boolean;
}

/** A monitor that serves. */
export interface Host {
  readonly monitor: Monitor;
  readonly server: Server;
  readonly tokens: TokenStore;
  readonly pairing: Pairing;
  /** Everything that helps to find a fault, to be passed on. `full`: with names, addresses and paths. */
  report(full: boolean): Promise<DiagnosticsReport>;
  /** Tells every client bye and ends everything. Idempotent; the port is free as soon as it is called. */
  close(message: string): Promise<void>;
}

/**
 * Puts a host together, the same for Electron and headless: data folder, tokens, collectors, monitor, server.
 * Where any of it fails, what was started before is ended and the error is thrown.
 */
export async function createHost(options: HostOptions): Promise<Host> {
  const { version, replay } = options;
  const clock = options.clock ?? systemClock;
  const recentLog = options.recentLog ?? new RecentLog(options.log, clock);
  const { log } = recentLog;
  const dataFolder = locateDataFolder(options.dataDir);
  await prepareDataFolder(dataFolder);
  const settings =
    options.settings ??
    (await SettingsFile.open({ path: dataFolder.configFile, clock, log, isStrict: true }));
  const config = options.config ?? settings.current();
  const facts = {
    name: replay?.hostName ?? hostname(),
    version,
    platform: replay?.platform ?? process.platform,
  };
  const limits = { ...definedLimits(config.limits), ...options.limits };
  const maxClients = limits.maxClients ?? defaultLimits.maxClients;
  const battery = new BatteryWatch(clock, '/sys');
  const ownUse = new NodeOwnUse({
    onBattery: options.onBattery ?? (() => battery.onBattery),
    others: options.otherProcesses,
  });
  const spawnProbe = ownUse.track(options.spawnProbe);
  const probe = new ProbeClient({ clock, spawnProbe });
  let attempts: AttemptTally | null = null;
  let accessSources: AccessSources | null = null;
  const access = createAccessCollector(() => accessSources);
  const bind = parseBind(options.bind ?? config.bind ?? 'localhost');
  if (!bind) {
    const problem = describeBadBind({ input: options.bind ?? config.bind });
    throw new MonitorError('invalidArgument', `"bind" ${problem}.`);
  }
  const monitor = createMonitor({
    clock,
    samplingClock: replay?.clock,
    collectors: [
      ...(replay?.collectors ?? options.collectors ?? createCollectors({ clock, spawnProbe, probe })),
      access,
    ],
    hostName: facts.name,
    version,
    platform: facts.platform,
    instanceId: randomUUID(),
    limits,
    ownUse,
    budget: replay ? null : deriveBudgetSettings(config.budget, maxClients),
    leastIntervalMs: config.sampling?.intervalMs,
    process: readProcess,
    ...(!replay && { uptimeMs: () => uptime() * 1_000 }),
    onDefect: (message) => log('error', message),
    onRefused: (session, method) => attempts?.note(createRefusalNote(session, method)),
  });
  monitor.tasks.service('probe').adopt('probe process', probe);
  const audit = new AuditLog({ path: dataFolder.auditLog, clock, log });
  attempts = new AttemptTally({ clock, log: audit, scope: monitor.tasks.service('audit') });
  const tokens = new TokenStore({ folder: dataFolder.tokens, clock, limits: monitor.limits, log });
  const confirm = options.confirmPairing ?? config.pairing?.confirm ?? false;
  const pairing = new Pairing({ clock, tokens, limits: monitor.limits, confirm, audit, attempts });
  const shared = deriveSharingSettings(config.sharing, bind, options);
  const sharingFile = new SharingFile(settings, shared);
  try {
    await tokens.watch(monitor.tasks.service('tokens'));
    const server = await createServer({
      monitor,
      tokens,
      pairing,
      attempts,
      clock,
      facts,
      port: options.port ?? config.port,
      bind: bind.kind === 'loopback' ? bind.address : '127.0.0.1',
      sharing: shared,
      trustedProxies: config.trustedProxies,
      allowedHosts: config.allowedHosts,
      certificates: (addresses) =>
        new CertificateStore({
          folder: dataFolder.tls,
          clock,
          log,
          subject: () => ({ hostName: facts.name, addresses: addresses.reachable() }),
        }),
      discovery: ({ scope, addresses, port }) =>
        new MdnsDiscovery({
          clock,
          scope,
          interfaces: listMulticastInterfaces,
          ...(options.network?.multicast !== 'none' && options.network?.multicast),
          service: () => ({
            name: facts.name,
            instanceId: monitor.instanceId,
            version,
            protocol: protocolVersion,
            port,
            addresses: addresses.reachable(),
          }),
        }),
      rememberSharing: (asked) => sharingFile.remember(asked),
      sharingRequired: options.share === true || (options.bind !== undefined && bind.kind === 'lan'),
      network: options.network,
      staticDir: options.staticDir,
      log,
    });
    const { sharing } = server;
    const sessions = () => monitor.sessions();
    accessSources = { clock, sharing, pairing, tokens, sessions };
    const accessMethods = {
      ...createAccessMethods({ clock, tokens, pairing, sharing, sessions, audit }),
      ...createSharingMethods(sharing, audit),
    };
    for (const [method, handler] of Object.entries(accessMethods)) monitor.setMethod(method, handler);
    recordEnds(tokens, audit);
    const report = createHostReport({
      version,
      dataFolder,
      settings,
      given: deriveGiven(options),
      clock,
      monitor,
      ownUse,
      sharing: () => sharing.status(),
      log: recentLog,
      hostName: facts.name,
    });
    monitor.setMethod('diagnostics.report', report.answer);
    if (options.config === undefined) {
      const scope = monitor.tasks.service('settings');
      const follow = (now: Config): void => {
        if (!replay) monitor.setBudget(deriveBudgetSettings(now.budget, maxClients));
        monitor.setLeastInterval(now.sampling?.intervalMs ?? 0);
        sharingFile.follow(deriveSharingSettings(now.sharing, bind, options), sharing, audit, log);
      };
      scope.adopt('settings', settings.onChange(follow));
      await settings.watch(scope);
    }
    if (facts.platform === 'linux' && !replay) {
      const methods = createProcessMethods({
        audit,
        system: linuxSystem,
        inspect: createInspect(probe),
      });
      for (const [method, handler] of Object.entries(methods)) monitor.setMethod(method, handler);
    }
    const { instanceId } = monitor;
    const warn = (thrown: unknown): void =>
      log('warning', `${dataFolder.hostFile} cannot be kept: ${MonitorError.from(thrown).message}`);
    await writeHostFile(dataFolder.hostFile, { url: server.url, instanceId, pid: process.pid }).catch(warn);
    let closing: Promise<void> | null = null;
    const close = async (message: string): Promise<void> => {
      await server.close({ code: 'shutdown', message });
      await removeHostFile(dataFolder.hostFile, instanceId).catch(warn);
      const { notStopped } = await monitor.close(message);
      if (notStopped.length > 0) log('error', `Still running at the end: ${notStopped.join(', ')}`);
      // What happened last is on record before the process may end.
      await audit.settle();
    };
    return {
      monitor,
      server,
      tokens,
      pairing,
      report: report.create,
      close: (message) => (closing ??= close(message)),
    };
  } catch (thrown) {
    await monitor.close('The host did not start.');
    throw thrown;
  }
}

function readProcess(): DiagnosticsRaw['process'] {
  const { user, system } = process.cpuUsage();
  const activeResources: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo())
    activeResources[name] = (activeResources[name] ?? 0) + 1;
  return {
    pid: process.pid,
    residentBytes: process.memoryUsage.rss(),
    cpuMs: (user + system) / 1_000,
    uptimeMs: process.uptime() * 1_000,
    activeResources,
  };
}

/** What the command line gave, by the settings that it stands for. */
function deriveGiven({
  port,
  bind,
  share,
  plainHttp,
  limits,
}: HostOptions): Readonly<Record<string, unknown>> {
  return {
    port,
    bind,
    'sharing.enabled': share,
    'sharing.plainHttp': plainHttp,
    'limits.maxClients': limits?.maxClients,
  };
}

/** Without the keys that the file leaves out, so that they do not cover the defaults. */
function definedLimits(limits: Config['limits']): Partial<Limits> {
  return Object.fromEntries(Object.entries(limits ?? {}).filter(([, value]) => value !== undefined));
}
