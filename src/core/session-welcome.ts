import { deriveToldLimits, protocolVersion, type Welcome } from '../shared/protocol/index.ts';
import { deriveCapabilities, type Grant } from './grant.ts';
import type { SessionHost } from './session-host.ts';

/** What a client is told when it is let in: who the host is, and what the client may do there. `encrypted` is left
 * out where the connection does not leave the machine. */
export function createWelcome(
  sessionId: string,
  grant: Grant,
  host: SessionHost,
  encrypted?: boolean,
): Welcome {
  const { limits } = host;
  const capabilities = deriveCapabilities(grant.scope, host);
  return {
    type: 'welcome',
    protocol: protocolVersion,
    sessionId,
    host: host.welcomeHost,
    ...(encrypted !== undefined && { transport: { encrypted } }),
    capabilities,
    limits: deriveToldLimits(limits),
    topics: capabilities.topics.map((topic) => ({
      topic,
      minIntervalMs: Math.max(limits.minIntervalMs, host.minIntervalMs(topic)),
    })),
  };
}
