import { deriveCapabilities, type Grant } from '../../core/grant.ts';
import type { Monitor } from '../../core/monitor.ts';
import {
  deriveToldLimits,
  protocolVersion,
  subprotocols,
  type Encoding,
  type Info,
} from '../../shared/protocol/index.ts';
import type { HostFacts } from './routes.ts';
import type { TokenStore } from './token-store.ts';

/** What `GET /v1/info` answers to who has that grant: the host, and what the grant is good for. */
export function createInfo(
  facts: HostFacts,
  monitor: Pick<Monitor, 'instanceId' | 'limits' | 'topics' | 'hasMethod'>,
  tokens: Pick<TokenStore, 'get' | 'expiryMs'>,
  grant: Grant & { readonly tokenId: string },
): Info {
  const capabilities = deriveCapabilities(grant.scope, monitor);
  const record = tokens.get(grant.tokenId);
  return {
    ...facts,
    instanceId: monitor.instanceId,
    topics: capabilities.topics,
    protocol: protocolVersion,
    encodings: Object.keys(subprotocols) as Encoding[],
    capabilities,
    limits: deriveToldLimits(monitor.limits),
    scope: grant.scope,
    // Gone this very moment: it has ended.
    expiresAt: new Date(record ? tokens.expiryMs(record) : 0).toISOString(),
  };
}
