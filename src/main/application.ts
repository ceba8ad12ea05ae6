import { join } from 'node:path';
import { app, powerMonitor, type BrowserWindow } from 'electron';
import type { Grant } from '../core/grant.ts';
import type { Transport } from '../core/transport.ts';
import type { DataFolder } from '../node/config/data-folder.ts';
import { openReplayAsked } from '../node/replay/replay.ts';
import { openSettings } from '../node/config/open-settings.ts';
import type { SettingsFile } from '../node/config/settings-file.ts';
import { createHost, type Host } from '../node/server/create-host.ts';
import { RecentLog } from '../node/server/recent-log.ts';
import type { Log } from '../node/server/log.ts';
import type { Clock } from '../shared/lifecycle/clock.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import type { InvokeCall, View } from '../shared/protocol/ipc-channels.ts';
import { setAppMenu, type AppMenuActions } from './app-menu.ts';
import { readAppProcesses } from './app-processes.ts';
import { builtFiles } from './built-files.ts';
import type { CommandLine, LaunchView } from './command-line.ts';
import { DashboardWindow, type DashboardPage } from './dashboard-window.ts';
import { windowIconPath } from './icons.ts';
import { saveDiagnostics } from './save-diagnostics.ts';
import { IpcEndpoint } from './ipc-endpoint.ts';
import { IpcSessions } from './ipc-sessions.ts';
import { AppLinks } from './links/app-links.ts';
import { registerLinks } from './links/incoming-links.ts';
import { Notices } from './notices/notices.ts';
import { createPairingNotice } from './pairing-notice.ts';
import { watchPowerEvents, watchSessionEnd } from './power-events.ts';
import { forkProbeUtility } from './probe-utility.ts';
import { QuickView } from './quick-view.ts';
import { AppSettings } from './settings/app-settings.ts';
import { followView } from './settings/follow-view.ts';
import { LoginStart } from './settings/login-start.ts';
import { SettingsCalls } from './settings/settings-calls.ts';
import { TrayFeed } from './tray-feed.ts';
import { TrayFigures } from './tray-figures.ts';
import { findTrayHost } from './tray-host.ts';
import type { AppActions } from './tray-menu.ts';
import { AppTray } from './tray.ts';
import { HostWatch } from './upstream/host-watch.ts';
import { createUpdates } from './updates/create-updates.ts';
import type { Updates } from './updates/updates.ts';
import { answerUpdateCall } from './updates/answer-update-call.ts';
import { WarmStart } from './warm-start.ts';

export interface ApplicationOptions {
  readonly clock: Clock;
  readonly commandLine: CommandLine;
  /** Where all state is kept. */
  readonly dataFolder: DataFolder;
  readonly log: Log;
  /** The system shuts down, or the session ends: there are a few seconds left. */
  readonly onSessionEnd: () => void;
}

/** The app's own pages are let in as what they are: nobody else can be at the other end of their channel. */
const localGrant: Grant = { scope: 'local', tokenId: null, name: null };

/** The desktop app: the same host as headless, with windows and a tray as its nearest clients. */
export class Application {
  readonly #options: ApplicationOptions;
  readonly #host: Host;
  readonly #settings: AppSettings;
  readonly #settingsCalls: SettingsCalls;
  readonly #loginStart: LoginStart;
  readonly #stopSettings: () => void;
  readonly #endpoint: IpcEndpoint;
  readonly #sessions: IpcSessions;
  readonly #dashboard: DashboardWindow;
  readonly #quickView: QuickView;
  readonly #hostWatch: HostWatch;
  readonly #warmStart: WarmStart;
  readonly #stopPowerEvents: () => void;
  readonly #pairingNotice: Disposable;
  readonly #links: AppLinks;
  readonly #updates: Updates;
  #tray: AppTray | null = null;
  #trayFeed: TrayFeed | null = null;
  #closing: Promise<void> | null = null;
  readonly #actions: AppMenuActions = {
    openDashboard: () => this.#openDashboard(),
    openQuickView: () => this.#quickView.open(),
    openSharing: () => this.#openDashboard('sharing'),
    openSettings: () => this.#openDashboard('settings'),
    watchHost: () => this.#openDashboard('nearby'),
    quit: () => app.quit(),
  };

  private constructor(options: ApplicationOptions, host: Host, file: SettingsFile) {
    const { clock, log, dataFolder } = options;
    this.#options = options;
    this.#host = host;
    this.#settings = new AppSettings(file);
    this.#warmStart = new WarmStart(host.monitor, clock);
    this.#endpoint = new IpcEndpoint({
      log,
      listener: {
        onFrame: (contentsId, view, frame) => this.#sessions.receive(contentsId, view, frame),
        onClientClose: (contentsId) => this.#sessions.leave(contentsId),
        onInvoke: (contentsId, call) => this.#invoke(contentsId, call),
        onReadSettings: (contentsId) => this.#settings.snapshot(this.#dashboard.has(contentsId)),
      },
    });
    this.#sessions = new IpcSessions({
      // Text, as long as JSON is the only encoding that a page asks for.
      sendFrame: (contentsId, frame) => this.#endpoint.send(contentsId, 'hostFrame', String(frame)),
      sendClose: (contentsId, reason) => this.#endpoint.send(contentsId, 'hostClose', reason),
      accept: (transport, view, contentsId) => this.#accept(transport, view, contentsId),
    });
    this.#dashboard = new DashboardWindow({
      clock,
      log,
      preloadPath: builtFiles.preload,
      iconPath: windowIconPath,
      statePath: join(dataFolder.path, 'window.json'),
      onCreated: (window) => this.#letIn(window, 'window'),
      onClosed: () => {
        // Nobody is there any more to compare the digits.
        this.#hostWatch.cancel();
        void this.#windowClosed();
      },
    });
    this.#hostWatch = new HostWatch({
      clock,
      log,
      preloadPath: builtFiles.preload,
      iconPath: windowIconPath,
      dataFolder: dataFolder.path,
      version: app.getVersion(),
      onCreated: (window) => this.#letIn(window, 'window'),
      onClosed: () => void this.#windowClosed(),
    });
    this.#quickView = new QuickView({
      clock,
      log,
      preloadPath: builtFiles.preload,
      iconPath: windowIconPath,
      statePath: join(dataFolder.path, 'quick-view.json'),
      trayBounds: () => this.#tray?.bounds ?? null,
      onCreated: (window) => this.#letIn(window, 'tray'),
      onTopChanged: (isOnTop) => this.#tray?.show({ isOnTop }),
    });
    this.#links = new AppLinks({
      log,
      openPage: (page) => this.#openDashboard(page),
      openWatching: () => this.#actions.watchHost(),
    });
    this.#loginStart = new LoginStart({ dataDir: options.commandLine.dataDir, log });
    this.#settingsCalls = new SettingsCalls({
      settings: this.#settings,
      file,
      dataFolder,
      licencesPath: builtFiles.licences,
      loginStart: this.#loginStart,
      hosts: this.#hostWatch,
    });
    this.#stopSettings = file.onChange(() => this.#followSettings());
    this.#stopPowerEvents = watchPowerEvents({ log, onShutdown: options.onSessionEnd });
    this.#pairingNotice = createPairingNotice({
      pairing: host.pairing,
      isDashboardVisible: () => this.#dashboard.isVisible,
      drawAttention: () => this.#drawAttention(),
      openSharing: () => this.#openDashboard('sharing'),
      isWanted: () => this.#settings.behaviour().notifications.pairing,
    });
    const notices = new Notices({
      clock,
      log,
      monitor: host.monitor,
      pairing: host.pairing,
      isWanted: (name) => this.#settings.behaviour().notifications[name],
      openPage: (page) => this.#openDashboard(page),
      statePath: join(dataFolder.path, 'notices.json'),
    });
    this.#updates = createUpdates({
      clock,
      log,
      scope: host.monitor.tasks.service('updates'),
      statePath: join(dataFolder.path, 'updates.json'),
      isForbidden: this.#settings.areUpdatesForbidden(),
      choice: () => this.#settings.behaviour().updates,
      onChange: (status) => {
        const page = this.#dashboard.contentsId;
        if (page !== null) this.#endpoint.send(page, 'updatesChanged', status);
      },
      announce: ({ version }) => notices.tellOfUpdate(version),
      quit: () => app.quit(),
    });
  }

  /** Starts the host and shows what the command line asks for. The app must be ready. */
  static async start(given: ApplicationOptions): Promise<Application> {
    const recentLog = new RecentLog(given.log, given.clock);
    const options = { ...given, log: recentLog.log };
    const { commandLine, dataFolder, log, clock } = options;
    const settings = await openSettings({
      folder: dataFolder,
      clock,
      log,
      // Who starts an app from a menu sees what is wrong on its Settings page.
      isStrict: false,
      schemaPath: builtFiles.settingsSchema,
    });
    const host = await createHost({
      dataDir: dataFolder.path,
      settings,
      ...(commandLine.port !== null && { port: commandLine.port }),
      staticDir: builtFiles.renderer,
      version: app.getVersion(),
      spawnProbe: forkProbeUtility,
      replay: await openReplayAsked(commandLine, options.clock),
      otherProcesses: readAppProcesses,
      confirmPairing: true,
      // On Linux /sys knows, and asking it costs less than asking a service on the bus.
      ...(process.platform !== 'linux' && { onBattery: () => powerMonitor.isOnBatteryPower() }),
      log,
      recentLog,
    });
    const application = new Application(options, host, settings);
    await application.#open();
    return application;
  }

  /** Shows a view, as a second start of the app asks for. */
  show(view: LaunchView): void {
    if (this.#closing) return;
    if (view === 'quick') this.#quickView.open();
    else if (view === 'dashboard') this.#openDashboard();
  }

  /** Follows a link, which anybody may have written. */
  followLink(link: string): void {
    if (!this.#closing) this.#links.follow(link);
  }

  /** Installs an update where that was asked for. After `close`. */
  async finish(): Promise<void> {
    await this.#updates.finish();
    // Its file may have another name now, and the start at login must find it.
    await this.#loginStart.follow(this.#settings.behaviour());
  }

  /** Tells every client bye and ends everything. Idempotent. */
  close(reason: string): Promise<void> {
    this.#closing ??= this.#close(reason);
    return this.#closing;
  }

  async #open(): Promise<void> {
    const { commandLine, log } = this.#options;
    this.#warmStart.begin();
    await followView(this.#settings.view());
    void this.#loginStart.follow(this.#settings.behaviour());
    setAppMenu(this.#actions, app.isPackaged);
    if (commandLine.dataDir === null) registerLinks(log);
    // A link that the app was started with is followed next, and says what to show.
    if (commandLine.link === null) this.show(commandLine.view);
    this.#openTray(this.#actions);
    if (this.#quickView.isOnTop) this.#quickView.open();
    if (commandLine.view === 'hidden' && !(await findTrayHost())) {
      log('warning', 'No tray was found: start Pulsewire again to open its window.');
    }
    log('info', `Viewers on this machine find it at ${this.#host.server.url}`);
  }

  #openTray(actions: AppActions): void {
    const { clock, log } = this.#options;
    try {
      const tray = new AppTray({
        clock,
        actions: {
          ...actions,
          setOnTop: (isOnTop) => this.#quickView.setOnTop(isOnTop),
          // Shown as soon as the file says so.
          chooseIcon: (icon) => void this.#settings.change([{ key: 'view.trayIcon', value: icon }], false),
        },
        onClick: () => this.#quickView.toggle(),
        onPointer: () => this.#quickView.prepare(),
      });
      this.#tray = tray;
      tray.show({ isOnTop: this.#quickView.isOnTop, icon: this.#settings.view().trayIcon });
      const figures = new TrayFigures();
      this.#trayFeed = new TrayFeed(this.#host.monitor, clock, {
        onReading: (message) => {
          const { lines, levels } = figures.read(message);
          tray.show({ lines });
          tray.draw(levels, message.discontinuity === undefined);
        },
        onQuiet: () => tray.mute(),
      });
    } catch (error) {
      log('warning', `There is no tray icon: ${MonitorError.from(error).message}`);
    }
  }

  #openDashboard(page?: DashboardPage): void {
    if (this.#closing) return;
    if (!this.#dashboard.isOpen) this.#warmStart.begin();
    this.#dashboard.open(page);
  }

  /** Where there is no dashboard one comes up, behind whatever its user does. */
  #drawAttention(): void {
    if (this.#closing) return;
    if (!this.#dashboard.isOpen) this.#warmStart.begin();
    this.#dashboard.drawAttention('sharing');
  }

  #accept(transport: Transport, view: View, contentsId: number): void {
    if (this.#closing) transport.close({ code: 'shutdown', message: 'Pulsewire is being quit.' });
    else if (!this.#hostWatch.accept(contentsId, transport))
      this.#host.monitor.accept(transport, { kind: view, grant: localGrant });
  }

  #letIn(window: BrowserWindow, view: View): void {
    this.#endpoint.register(window.webContents, view);
    this.#sessions.attach(window.webContents);
    watchSessionEnd(window, this.#options.onSessionEnd);
  }

  /** Without a tray nobody could find an app that has no window. */
  async #windowClosed(): Promise<void> {
    if (this.#closing) return;
    const { closeToTray } = this.#settings.behaviour();
    if (closeToTray && this.#tray && (await findTrayHost())) return;
    if (!this.#dashboard.isOpen && this.#hostWatch.size === 0) app.quit();
  }

  #followSettings(): void {
    this.#endpoint.sendSettings();
    const view = this.#settings.view();
    void followView(view).then(() => {
      if (this.#closing) return;
      setAppMenu(this.#actions, app.isPackaged);
      this.#tray?.show({ icon: view.trayIcon });
    });
    void this.#loginStart.follow(this.#settings.behaviour());
  }

  #invoke(contentsId: number, call: InvokeCall): unknown {
    const mayWatchHosts = this.#dashboard.has(contentsId);
    switch (call.method) {
      case 'openDashboard':
        this.#quickView.hide();
        this.#openDashboard();
        return undefined;
      case 'openPage':
        this.#quickView.hide();
        this.#openDashboard(call.params.page);
        return undefined;
      case 'hideQuickView':
        this.#quickView.hide();
        return undefined;
      case 'setQuickViewOnTop':
        if (this.#quickView.has(contentsId)) this.#quickView.setOnTop(call.params.isOnTop);
        return undefined;
      case 'recentFrames':
        return this.#trayFeed?.recentFrames() ?? [];
      case 'quit':
        app.quit();
        return undefined;
      case 'appInfo':
        return {
          name: 'Pulsewire',
          version: app.getVersion(),
          electron: process.versions.electron,
          mayWatchHosts,
        };
      case 'watchHost':
        if (!mayWatchHosts) throw new MonitorError('forbidden', 'Only the dashboard has hosts watched.');
        return this.#hostWatch.watch(call.params);
      case 'saveDiagnostics':
        if (!mayWatchHosts) throw new MonitorError('forbidden', 'Only the dashboard does this.');
        return saveDiagnostics(() => this.#host.report(call.params.full));
      case 'cancelWatch':
        if (mayWatchHosts) this.#hostWatch.cancel();
        return undefined;
      case 'takeLinkedHost':
        return mayWatchHosts ? this.#links.takeHost() : null;
      case 'updateStatus':
      case 'checkForUpdates':
      case 'downloadUpdate':
      case 'cancelDownload':
      case 'installUpdate':
        if (!mayWatchHosts) throw new MonitorError('forbidden', 'Only the dashboard does this.');
        return answerUpdateCall(this.#updates, call);
      default:
        return this.#settingsCalls.answer(call, mayWatchHosts);
    }
  }

  async #close(reason: string): Promise<void> {
    this.#stopPowerEvents();
    this.#stopSettings();
    this.#pairingNotice[Symbol.dispose]();
    await Promise.all([this.#host.close(reason), this.#hostWatch.close()]);
    this.#tray?.[Symbol.dispose]();
    this.#quickView.destroy();
    this.#dashboard.destroy();
    this.#endpoint[Symbol.dispose]();
  }
}
