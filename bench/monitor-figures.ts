import type { Monitor } from '../src/core/monitor.ts';
import type { ScopeSnapshot } from '../src/shared/lifecycle/task-scope.ts';

/** What a monitor has under way for its clients: its own services are not counted. */
export function createMonitorFigures(monitor: Monitor): {
  readonly liveScopes: number;
  readonly liveTasks: number;
  readonly sessions: number;
  readonly subscriptions: number;
  readonly encodes: number;
  readonly seq: number;
} {
  const clients = monitor.tasks.live().filter(({ name }) => name.startsWith(`${monitor.instanceId}.`));
  return {
    liveScopes: clients.length,
    liveTasks: clients.reduce((sum, scope) => sum + countTasks(scope), 0),
    sessions: monitor.sessionCount,
    subscriptions: monitor.hub.subscriptionCount,
    encodes: monitor.hub.encodes,
    seq: monitor.sampler.seq,
  };
}

function countTasks(scope: ScopeSnapshot): number {
  return scope.tasks.length + scope.children.reduce((sum, child) => sum + countTasks(child), 0);
}
