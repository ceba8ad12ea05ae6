import { join } from 'node:path';
import { app, dialog } from 'electron';
import { writeReport } from '../node/diagnostics/write-report.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { nameDiagnosticsReport } from '../shared/protocol/diagnostics-file.ts';
import type { DiagnosticsReport } from '../shared/protocol/diagnostics-report.ts';
import type { SaveAnswer } from '../shared/protocol/ipc-channels.ts';
import { t } from '../shared/texts/texts.ts';

/** Asks the user where to, and writes there what `report` makes. The dialog has asked before it names a file that is there. */
export async function saveDiagnostics(report: () => Promise<DiagnosticsReport>): Promise<SaveAnswer> {
  try {
    const made = await report();
    const { canceled, filePath } = await dialog.showSaveDialog({
      title: t('diagnostics:bundle.title'),
      defaultPath: join(app.getPath('documents'), nameDiagnosticsReport(made.about.madeAt)),
      filters: [{ name: 'JSON', extensions: ['json'] }],
    });
    if (canceled || filePath === '') return { status: 'cancelled' };
    await writeReport(filePath, made, true);
    return { status: 'done' };
  } catch (thrown) {
    return { status: 'failed', message: MonitorError.from(thrown).message };
  }
}
