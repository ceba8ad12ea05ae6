import * as v from 'valibot';
import type { DiagnosticsReport } from '../../shared/protocol/diagnostics-report.ts';
import { auditEntrySchema } from '../audit/audit-entry.ts';
import { readAuditLines } from '../audit/read-audit.ts';

const mostLines = 20_000;
const shapeSchema = v.pick(auditEntrySchema, ['event', 'outcome']);

/** How often each event stands in the audit log, and nothing of whom or what it tells. Never throws. */
export async function countAudit(path: string): Promise<DiagnosticsReport['audit']> {
  const lines = await readAuditLines(path, mostLines).catch(() => []);
  const counts: Record<string, number> = {};
  let unreadable = 0;
  for (const line of lines) {
    const shape = parse(line);
    if (!shape) unreadable++;
    else counts[`${shape.event} ${shape.outcome}`] = (counts[`${shape.event} ${shape.outcome}`] ?? 0) + 1;
  }
  const sorted = Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1));
  return { entries: lines.length, unreadable, counts: Object.fromEntries(sorted) };
}

function parse(line: string): v.InferOutput<typeof shapeSchema> | null {
  try {
    const parsed = v.safeParse(shapeSchema, JSON.parse(line));
    return parsed.success ? parsed.output : null;
  } catch {
    // A line that somebody has broken is counted as such.
    return null;
  }
}
