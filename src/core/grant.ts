import {
  accessMethods,
  includesScope,
  type Capabilities,
  type GrantScope,
  type TokenScope,
} from '../shared/protocol/index.ts';
import { topics, type Topic } from '../shared/series/raw.ts';

/** The outcome of authentication. `tokenId` names the token, so that revoking it finds its clients. */
export interface Grant {
  readonly scope: GrantScope;
  readonly tokenId: string | null;
  readonly name: string | null;
}

/** From which scope on a topic is seen; the rest are `vitals`. Diagnostics, cost and access name other clients. */
const topicScopes: Partial<Readonly<Record<Topic, GrantScope>>> = {
  process: 'view',
  container: 'view',
  service: 'view',
  login: 'view',
  cost: 'control',
  diagnostics: 'control',
  access: 'admin',
};

/** From which scope on a method may be called; the host need not have them all. */
const methodScopes: ReadonlyMap<string, GrantScope> = new Map<string, GrantScope>([
  // Of the topics that the scope sees.
  ['history.read', 'vitals'],
  ['process.inspect', 'control'],
  ['process.signal', 'control'],
  ['process.renice', 'control'],
  // Names clients, and tells how the host is set up.
  ['diagnostics.report', 'admin'],
  ...accessMethods.map((method) => [method, 'admin'] as const),
]);

/** A scope that allows no more than `most`, for a client whose connection is worth less than its token. */
export function limitScope(scope: TokenScope, most: TokenScope): TokenScope {
  return includesScope(most, scope) ? scope : most;
}

/** What a host has: topics that it has collectors for, and methods that it answers. */
export interface Available {
  readonly topics: readonly Topic[];
  hasMethod(method: string): boolean;
}

/** What a scope may subscribe to and call, of what the host has. */
export function deriveCapabilities(scope: GrantScope, available: Available): Capabilities {
  return {
    topics: topics.filter(
      (topic) => available.topics.includes(topic) && includesScope(scope, topicScopes[topic] ?? 'vitals'),
    ),
    methods: [...methodScopes]
      .filter(([method, needed]) => includesScope(scope, needed) && available.hasMethod(method))
      .map(([method]) => method),
  };
}
