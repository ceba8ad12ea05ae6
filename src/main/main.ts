import { join } from 'node:path';
import { app, dialog, session } from 'electron';
import { locateDataFolder, type DataFolder } from '../node/config/data-folder.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import { t } from '../shared/texts/texts.ts';
import { createAppProtocol, registerAppScheme } from './app-protocol.ts';
import { Application } from './application.ts';
import { builtFiles } from './built-files.ts';
import { parseCommandLine, parseRelaunch, type CommandLine } from './command-line.ts';
import { findHandOver } from './find-hand-over.ts';
import { handOver } from './hand-over.ts';
import { watchHelperProcesses } from './helper-processes.ts';
import { closeLogFile, keepLogFile, tolerateClosedOutput, writeLog } from './log.ts';
import { IncomingLinks } from './links/incoming-links.ts';
import { Quitting } from './quitting.ts';
import { guardSession } from './windows.ts';

tolerateClosedOutput();
const asked = findHandOver(process.argv.slice(1));
if (asked) await handOver(asked);
const commandLine = readCommandLine();
if (commandLine) start(commandLine);

function readCommandLine(): CommandLine | null {
  try {
    return parseCommandLine(process.argv.slice(1));
  } catch (error) {
    writeLog('error', MonitorError.from(error).message);
    app.exit(2);
    return null;
  }
}

function start(line: CommandLine): void {
  const folder = locateDataFolder(line.dataDir ?? undefined);
  // The lock is one a folder, so that the folder must be known before it is asked for.
  app.setPath('userData', join(folder.path, 'electron'));
  if (!app.requestSingleInstanceLock({ view: line.view, link: line.link })) {
    app.exit(0);
    return;
  }
  keepLogFile(folder.logFile);
  // By which Windows knows whose notifications and whose entry at login these are; the installer gives its shortcut the same.
  if (process.platform === 'win32') app.setAppUserModelId('io.github.pulsewire.pulsewire');
  registerAppScheme();
  const serveProtocol = createAppProtocol(builtFiles.renderer);
  // As each begins, whoever needs it first.
  app.on('session-created', (created) => {
    guardSession(created);
    serveProtocol(created.protocol);
  });
  // Root can have no sandbox, and must say so; together the two end Chromium's helpers as they start.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  const quitting = new Quitting(systemClock, writeLog, closeLogFile);
  const links = new IncomingLinks();
  if (line.link !== null) links.add(line.link);
  nameErrors(quitting);
  watchHelperProcesses({
    clock: systemClock,
    log: writeLog,
    dataFolder: folder.path,
    isClosing: () => quitting.isClosing,
  });
  // Not awaited here: Electron is ready only once this module has been evaluated.
  app
    .whenReady()
    .then(() => run(line, folder, quitting, links))
    .catch(async (error: unknown) => {
      if (quitting.isClosing) return;
      const { message } = MonitorError.from(error);
      writeLog('error', `Pulsewire could not start: ${message}`);
      // Whoever started it from a menu does not see standard error.
      await dialog.showMessageBox({ type: 'error', message: t('app:noStart'), detail: message });
      quitting.quit(1, 'Pulsewire could not start.');
    });
}

async function run(
  line: CommandLine,
  dataFolder: DataFolder,
  quitting: Quitting,
  links: IncomingLinks,
): Promise<void> {
  // Electron ends an app without windows unless somebody listens; when to end is the application's to say.
  app.on('window-all-closed', () => undefined);
  // The engine's session takes 10 MB, which an app that waits in the tray does without until its first window.
  if (line.view !== 'hidden' || line.link !== null) void session.defaultSession;
  const starting = Application.start({
    clock: systemClock,
    commandLine: line,
    dataFolder,
    log: writeLog,
    onSessionEnd: () => quitting.hurry('The system is shutting down.'),
  });
  quitting.own({
    close: async (reason) => (await starting).close(reason),
    finish: async () => (await starting).finish(),
  });
  app.on('second-instance', (_event, _args, _folder, data) => {
    const { view, link } = parseRelaunch(data);
    if (link !== null) links.add(link);
    else void starting.then((application) => application.show(view));
  });
  app.on('activate', () => void starting.then((application) => application.show('dashboard')));
  const application = await starting;
  links.deliver((link) => application.followLink(link));
}

/** A promise that nobody waited for is a defect, and is named; an exception that nobody caught ends the app. */
function nameErrors(quitting: Quitting): void {
  process.on('unhandledRejection', (reason) => {
    writeLog('error', `Nobody waited for a failure: ${describe(reason)}`);
  });
  process.on('uncaughtException', (error) => {
    writeLog('error', `Nobody caught an error: ${describe(error)}`);
    quitting.quit(1, 'Pulsewire failed.');
  });
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
