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

/** Diagnostics and cost name other clients and their addresses: a viewer with a view token does not get them. */
const hiddenFromView: ReadonlySet<Topic> = new Set<Topic>(['diagnostics', 'cost']);

const processMethods = ['process.inspect', 'process.signal', 'process.renice'] as const;

/** Which methods a scope is granted; the host need not have them all. */
const grantedMethods: Readonly<Record<GrantScope, readonly string[]>> = {
  view: [],
  control: processMethods,
  local: ['pairing.open', 'pairing.close', ...processMethods],
};

/** What a host has: topics that it has collectors for, and methods that it answers. */
export interface Available {
  readonly topics: readonly Topic[];
  hasMethod(method: string): boolean;
}

/** What a scope may subscribe to and call, of what the host has. */
export function deriveCapabilities(scope: GrantScope, available: Available): Capabilities {
  return {
    topics: topics.filter(
      (topic) => available.topics.includes(topic) && (scope !== 'view' || !hiddenFromView.has(topic)),
    ),
    methods: grantedMethods[scope].filter((method) => available.hasMethod(method)),
  };
}
