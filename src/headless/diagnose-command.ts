import { resolve } from 'node:path';
import { locateDataFolder, type DataFolder } from '../node/config/data-folder.ts';
import type { GivenValues } from '../node/config/given-settings.ts';
import { openSettings } from '../node/config/open-settings.ts';
import { createReport } from '../node/diagnostics/create-report.ts';
import { writeReport } from '../node/diagnostics/write-report.ts';
import type { Log } from '../node/server/log.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import { formatDiagnosticsReport, nameDiagnosticsReport } from '../shared/protocol/diagnostics-file.ts';
import type { DiagnosticsReport } from '../shared/protocol/diagnostics-report.ts';
import { askHost } from './ask-host.ts';
import type { CommonOptions } from './command-line.ts';

export interface DiagnoseOptions extends CommonOptions {
  /** The file to write; `-` prints it. Default: one in the folder that the command runs in. */
  readonly out?: string;
  readonly force?: boolean;
  /** With names, addresses and paths. */
  readonly full?: boolean;
}

const silent: Log = () => undefined;

/**
 * Writes a diagnostics bundle and returns what to print: the path of the file, or the bundle itself. The host that runs on the
 * data folder makes it; where none answers it holds what can be known without. Throws MonitorError where the file cannot be
 * written.
 */
export async function runDiagnoseCommand(
  { dataDir, out, force = false, full = false }: DiagnoseOptions,
  environment: GivenValues,
  version: string,
  log: Log,
): Promise<string> {
  const report = await makeReport(locateDataFolder(dataDir), environment, version, full);
  if (out === '-') return formatDiagnosticsReport(report);
  const path = resolve(out ?? nameDiagnosticsReport(report.about.madeAt));
  await writeReport(path, report, force);
  if (report.notLive !== null)
    log('info', `${report.notLive} The bundle holds what can be known without one.`);
  log('info', report.about.notice);
  return `${path}\n`;
}

async function makeReport(
  folder: DataFolder,
  environment: GivenValues,
  version: string,
  full: boolean,
): Promise<DiagnosticsReport> {
  try {
    return await askHost(folder, 'pulsewire diagnose', silent, (client) =>
      client.request('diagnostics.report', { full }),
    );
  } catch (thrown) {
    const settings = await openSettings({
      folder,
      clock: systemClock,
      log: silent,
      isStrict: false,
      environment,
    });
    return createReport(
      {
        version,
        dataFolder: folder,
        settings,
        wallMs: () => systemClock.wall(),
        live: { notLive: describeSilence(MonitorError.from(thrown)) },
      },
      full,
    );
  }
}

/** Why there is nothing of a host, without anybody's names. */
function describeSilence({ code, message }: MonitorError): string {
  switch (code) {
    case 'unavailable':
      return 'No host runs on the data folder.';
    case 'timeout':
      return message;
    case 'io':
      return 'The host could not be asked, since the data folder cannot be written.';
    default:
      return `The host that runs made no report (${code}); it may be of another version.`;
  }
}
