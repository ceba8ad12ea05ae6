import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { AnyCollector } from '../collector.ts';
import { createMonitor, type Monitor, type MonitorOptions } from '../monitor.ts';

/** A monitor of a host called `test-host`, which its test closes. */
export function createTestMonitor(
  clock: Clock,
  collectors: readonly AnyCollector[],
  options: Partial<MonitorOptions> = {},
): Monitor {
  return createMonitor({
    clock,
    collectors,
    hostName: 'test-host',
    version: '0.0.0',
    platform: 'linux',
    instanceId: 'i1',
    ...options,
  });
}
