import { chmod, open } from 'node:fs/promises';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import { formatDiagnosticsReport } from '../../shared/protocol/diagnostics-file.ts';
import type { DiagnosticsReport } from '../../shared/protocol/diagnostics-report.ts';
import { writeWhole } from '../config/write-whole.ts';

/**
 * Writes a report into a file of mode 0600. Throws MonitorError `invalidArgument` where there is a file and it is not to be
 * replaced, and `io` where it cannot be written; both with a sentence for people.
 */
export async function writeReport(path: string, report: DiagnosticsReport, replace: boolean): Promise<void> {
  const text = formatDiagnosticsReport(report);
  try {
    if (replace) return await writeWhole(path, text);
    await using file = await open(path, 'wx', 0o600);
    await file.writeFile(text);
    // Whatever the mask of this process makes of it.
    await chmod(path, 0o600);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') {
      const message = `There is a file ${path} already. Choose another with --out, or add --force to replace it.`;
      throw new MonitorError('invalidArgument', message, { cause });
    }
    throw new MonitorError('io', `${path} cannot be written: ${(cause as Error).message}.`, { cause });
  }
}
