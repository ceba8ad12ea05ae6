import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import { defaultLimits } from '../shared/protocol/index.ts';
import { locateDataFolder, prepareDataFolder } from '../node/config/data-folder.ts';
import type { Log } from '../node/server/log.ts';
import { TokenStore } from '../node/server/token-store.ts';
import type { Invocation } from './command-line.ts';

type TokenInvocation = Extract<Invocation, { command: `token${string}` }>;

/**
 * Runs a token command and returns what it prints. A running host notices by itself. Throws MonitorError with a
 * line for people.
 */
export async function runTokenCommand(invocation: TokenInvocation, log: Log): Promise<string> {
  const folder = locateDataFolder(invocation.options.dataDir);
  await prepareDataFolder(folder);
  const tokens = new TokenStore({ folder: folder.tokens, clock: systemClock, limits: defaultLimits, log });
  switch (invocation.command) {
    case 'tokenCreate': {
      const { token } = await tokens.create({ name: invocation.name, scope: invocation.scope });
      return `${token}\n`;
    }
    case 'tokenList': {
      const records = await tokens.list();
      const day = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16)}Z`;
      const rows = records.map((record) => {
        const times = [Date.parse(record.createdAt), record.lastUsedMs, tokens.expiryMs(record)].map(day);
        return [record.id, record.scope, ...times, printable(record.name)].join('\t');
      });
      return [['ID', 'SCOPE', 'MADE', 'LAST USED', 'ENDS', 'NAME'].join('\t'), ...rows, ''].join('\n');
    }
    case 'tokenRevoke':
      if (!(await tokens.revoke(invocation.id))) {
        throw new MonitorError(
          'notFound',
          `There is no token "${printable(invocation.id)}". See token list.`,
        );
      }
      return '';
  }
}

/** A name may hold anything; a terminal should not act on it. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\u{fffd}');
}
