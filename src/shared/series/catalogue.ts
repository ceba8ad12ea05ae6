import { accessCatalogue } from './catalogue/access.ts';
import { containerCatalogue } from './catalogue/container.ts';
import { costCatalogue } from './catalogue/cost.ts';
import { cpuCatalogue } from './catalogue/cpu.ts';
import { diagnosticsCatalogue } from './catalogue/diagnostics.ts';
import { diskCatalogue } from './catalogue/disk.ts';
import { filesystemCatalogue } from './catalogue/filesystem.ts';
import { gpuCatalogue } from './catalogue/gpu.ts';
import { hostCatalogue } from './catalogue/host.ts';
import { loginCatalogue } from './catalogue/login.ts';
import { memoryCatalogue } from './catalogue/memory.ts';
import type { Metric, TopicCatalogue } from './catalogue/metric.ts';
import { networkCatalogue } from './catalogue/network.ts';
import type { PathOf } from './catalogue/path.ts';
import { powerCatalogue } from './catalogue/power.ts';
import { processCatalogue } from './catalogue/process.ts';
import { sensorCatalogue } from './catalogue/sensor.ts';
import { serviceCatalogue } from './catalogue/service.ts';
import { socketCatalogue } from './catalogue/socket.ts';
import { units } from './catalogue/unit.ts';
import type { RawOf, Topic } from './raw.ts';

/**
 * What every figure of every topic is: its name by OpenTelemetry, its unit, whether it is a counter, what it means.
 * The user interface, the pages under docs/protocol and `/metrics` all read it.
 */
export const catalogue: { readonly [T in Topic]: TopicCatalogue } = {
  cpu: cpuCatalogue,
  memory: memoryCatalogue,
  network: networkCatalogue,
  socket: socketCatalogue,
  disk: diskCatalogue,
  filesystem: filesystemCatalogue,
  process: processCatalogue,
  sensor: sensorCatalogue,
  power: powerCatalogue,
  gpu: gpuCatalogue,
  container: containerCatalogue,
  service: serviceCatalogue,
  login: loginCatalogue,
  host: hostCatalogue,
  access: accessCatalogue,
  cost: costCatalogue,
  diagnostics: diagnosticsCatalogue,
};

/** What a page says of a figure: a sentence for its title or tooltip, and its unit in words. */
export interface MetricDescription {
  readonly text: string;
  readonly unit: string;
  readonly kind: Metric['kind'];
  readonly name: string;
}

/**
 * The catalogue's entry for a field of a topic: `describeMetric('cpu', 'cores[].times.user')`. Where a list mixes
 * several kinds, `of` says which: `describeMetric('sensor', 'sensors[].value', 'fan')`; without it, the first. Null
 * for what is no figure, such as a process's number.
 */
export function describeMetric<T extends Topic>(
  topic: T,
  path: PathOf<RawOf<T>, number | string | boolean>,
  of?: string,
): MetricDescription | null {
  const found = catalogue[topic].metrics.filter((metric) => metric.path === path);
  const metric = found.find(({ where }) => of !== undefined && where?.[1] === of) ?? found[0];
  if (!metric) return null;
  return { text: metric.text, unit: units[metric.unit].words, kind: metric.kind, name: metric.name };
}
