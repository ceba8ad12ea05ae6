import * as v from 'valibot';
import {
  diagnosticsReportSchema,
  type DiagnosticsReport,
  type LiveReport,
} from '../../shared/protocol/diagnostics-report.ts';
import type { DataFolder } from '../config/data-folder.ts';
import { countAudit } from './count-audit.ts';
import { describeSystem, describeVersions } from './describe-machine.ts';
import { describeSettings, type GivenSettings, type SettingsSource } from './describe-settings.ts';
import { listDataFolder } from './list-data-folder.ts';

export interface ReportSources {
  readonly version: string;
  readonly dataFolder: DataFolder;
  readonly settings: SettingsSource;
  /** What the command line gave, by the keys that it stands for. */
  readonly given?: GivenSettings;
  readonly wallMs: () => number;
  /** What the host knows of itself, or why there is none that does. */
  readonly live: ((full: boolean) => LiveReport) | { readonly notLive: string };
}

const holds = [
  'versions of Pulsewire and what it runs on, and how it was installed',
  'the kind of machine: platform, distribution, kernel, cores, memory',
  'settings that differ from the defaults, and where each comes from',
  'what the data folder holds: sizes and modes, and how often each event is in the audit log',
  'of a host that runs: its clients and their tasks, those that have gone and what was left of them, collectors with their last errors, its own cost and budget, its last log lines',
];
const neverHolds = [
  'tokens, their hashes, pairing codes, and keys of certificates',
  'figures of this machine, and its processes, their arguments and environments',
  'the contents of the audit log and of any other file',
];
const namesLeftOut =
  'names of hosts, users, devices and networks, addresses and paths: in messages every word that is not Pulsewire’s own is "[…]"';

/** Writes the report. Only what the schema names gets into it. Never throws because of what it looks at. */
export async function createReport(sources: ReportSources, full: boolean): Promise<DiagnosticsReport> {
  const { dataFolder, live } = sources;
  const isLive = typeof live === 'function';
  const report: DiagnosticsReport = {
    about: {
      what: 'Pulsewire diagnostics',
      format: 1,
      madeAt: new Date(sources.wallMs()).toISOString(),
      madeBy: isLive ? 'host' : 'commandLine',
      names: full ? 'included' : 'leftOut',
      notice: 'Read this before you pass it on. It is text: delete what you do not want to tell.',
      holds,
      leftOut: full ? neverHolds : [...neverHolds, namesLeftOut],
    },
    versions: describeVersions(sources.version, process.env, import.meta.dirname),
    system: describeSystem(process.env),
    configuration: describeSettings(sources.settings, sources.given ?? {}, full),
    dataFolder: await listDataFolder(dataFolder.path, full),
    audit: await countAudit(dataFolder.auditLog),
    live: isLive ? live(full) : null,
    notLive: isLive ? null : live.notLive,
  };
  return v.parse(diagnosticsReportSchema, report);
}
