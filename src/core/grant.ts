import type { Capabilities } from '../shared/protocol/index.ts';
import { topics, type Topic } from '../shared/series/raw.ts';

/** What a client was let in for: `local` is the host's own window and tray. */
export type GrantScope = 'view' | 'control' | 'local';

/** The outcome of authentication. `tokenId` names the token, so that revoking it finds its clients. */
export interface Grant {
  readonly scope: GrantScope;
  readonly tokenId: string | null;
  readonly name: string | null;
}

/** Diagnostics name other clients and their addresses: a viewer with a view token does not get them. */
const hiddenFromView: ReadonlySet<Topic> = new Set<Topic>(['diagnostics']);

/** What a scope may subscribe to and call, of the topics that the host has collectors for. */
export function deriveCapabilities(scope: GrantScope, available: readonly Topic[]): Capabilities {
  return {
    topics: topics.filter(
      (topic) => available.includes(topic) && (scope !== 'view' || !hiddenFromView.has(topic)),
    ),
    methods: scope === 'local' ? ['pairing.open', 'pairing.close'] : [],
  };
}
