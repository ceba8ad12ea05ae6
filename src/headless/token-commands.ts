import { userInfo } from 'node:os';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import { defaultLimits } from '../shared/protocol/index.ts';
import { commandLineActor, type AuditActor, type AuditNote } from '../node/audit/audit-entry.ts';
import { AuditLog } from '../node/audit/audit-log.ts';
import { locateDataFolder, prepareDataFolder } from '../node/config/data-folder.ts';
import type { GivenValues } from '../node/config/given-settings.ts';
import { openSettings } from '../node/config/open-settings.ts';
import type { Log } from '../node/server/log.ts';
import { isGuest, TokenStore, type TokenRecord } from '../node/server/token-store.ts';
import { printable } from './printable.ts';
import type { TokenInvocation } from './token-command-line.ts';

/**
 * Runs a token command and returns what it prints. A running host notices by itself. Throws MonitorError with a
 * line for people.
 */
export async function runTokenCommand(
  invocation: TokenInvocation,
  environment: GivenValues,
  log: Log,
): Promise<string> {
  const folder = locateDataFolder(invocation.options.dataDir);
  await prepareDataFolder(folder);
  const settings = await openSettings({ folder, clock: systemClock, log, isStrict: true, environment });
  const { limits } = settings.current();
  const lives = {
    viewTokenIdleMs: limits?.viewTokenIdleMs ?? defaultLimits.viewTokenIdleMs,
    controlTokenMs: limits?.controlTokenMs ?? defaultLimits.controlTokenMs,
  };
  const tokens = new TokenStore({ folder: folder.tokens, clock: systemClock, limits: lives, log });
  const audit = new AuditLog({ path: folder.auditLog, clock: systemClock, log });
  const note = (event: AuditNote['event'], what: AuditNote['what']): Promise<void> =>
    audit.note({ event, who: whoRunsThis(), outcome: 'done', ...(what && { what }) });
  switch (invocation.command) {
    case 'tokenCreate': {
      const { name, scope, guestMs } = invocation;
      const endsWallMs = guestMs === null ? null : systemClock.wall() + guestMs;
      const { token, record } = await tokens.create({ name, scope, endsWallMs });
      await note('token.created', { device: record.id, name, scope, guestMs });
      return `${token}\n`;
    }
    case 'tokenList':
      return describeTokens(await tokens.list(), tokens);
    case 'tokenChange': {
      const { id, name, scope, guestMs } = invocation;
      if (name === undefined && scope === undefined && guestMs === undefined) {
        throw new MonitorError('invalidArgument', 'Say what to change: --name, --scope or --guest.');
      }
      const endsWallMs = typeof guestMs === 'number' ? systemClock.wall() + guestMs : guestMs;
      if (!(await tokens.change(id, { name, scope, endsWallMs }))) throw unknownToken(id);
      const changed = { name, scope, guestMs };
      const told = Object.entries(changed).filter(([, value]) => value !== undefined);
      await note('device.changed', { device: id, ...Object.fromEntries(told) });
      return '';
    }
    case 'tokenRevoke': {
      const { id } = invocation;
      if (!(await tokens.revoke(id))) throw unknownToken(id);
      await note('device.revoked', { device: id });
      return '';
    }
  }
}

function describeTokens(records: readonly TokenRecord[], tokens: TokenStore): string {
  const minute = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16)}Z`;
  const rows = records.map((record) => {
    const [made, used, ends] = [Date.parse(record.createdAt), record.lastUsedMs, tokens.expiryMs(record)];
    const end = `${minute(ends)}${isGuest(record) ? ' (guest)' : ''}`;
    return [record.id, record.scope, minute(made), minute(used), end, printable(record.name)].join('\t');
  });
  return [['ID', 'SCOPE', 'MADE', 'LAST USED', 'ENDS', 'NAME'].join('\t'), ...rows, ''].join('\n');
}

function unknownToken(id: string): MonitorError {
  return new MonitorError('notFound', `There is no token "${printable(id)}". See token list.`);
}

function whoRunsThis(): AuditActor {
  try {
    return { ...commandLineActor, name: userInfo().username };
  } catch {
    // A user without a name, as in containers.
    return { ...commandLineActor, name: String(process.getuid?.() ?? '') };
  }
}
