import * as v from 'valibot';
import { auditEntrySchema, type AuditEntry } from '../node/audit/audit-entry.ts';
import { readAuditLines } from '../node/audit/read-audit.ts';
import { locateDataFolder } from '../node/config/data-folder.ts';
import { printable } from './printable.ts';

export interface AuditOptions {
  readonly dataDir?: string;
  /** How many of the newest. */
  readonly lines: number;
  /** Lines as they are in the file. */
  readonly json?: boolean;
}

/** The newest lines of the audit log, the oldest of them first, one event a line. Changes nothing. */
export async function runAuditCommand({ dataDir, lines, json }: AuditOptions): Promise<string> {
  const found = await readAuditLines(locateDataFolder(dataDir).auditLog, lines);
  return found.map((line) => `${json === true ? line : describeLine(line)}\n`).join('');
}

/** A line for people. One of an earlier version, or one that somebody has broken, stands as it is. */
function describeLine(line: string): string {
  const entry = parseEntry(line);
  if (!entry) return printable(line);
  const { time, event, outcome, who, what, code, message } = entry;
  const by = [who.kind, who.name && JSON.stringify(who.name), who.scope, who.device, who.address];
  const facts = Object.entries(what).filter(([, value]) => value !== null);
  const told = facts.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(' ');
  const why = [code, message].filter((part) => part !== null).join(': ');
  const parts = [time, event, outcome, by.filter(Boolean).join(' '), told, why];
  return parts
    .filter((part) => part !== '')
    .map(printable)
    .join('\t');
}

function parseEntry(line: string): AuditEntry | null {
  try {
    const parsed = v.safeParse(auditEntrySchema, JSON.parse(line));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
