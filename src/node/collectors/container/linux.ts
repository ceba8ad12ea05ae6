import type { Collector } from '../../../core/collector.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import type { ContainerRaw, ContainersRaw } from '../../../shared/series/raw/container.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';
import { GroupSet, type WatchedGroup } from '../control-group/group-set.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { waitAtMost } from '../wait-at-most.ts';
import { ContainerNames } from './container-names.ts';
import { readContainerStart } from './container-start.ts';
import { findEngineSockets } from './engine-sockets.ts';
import { parseContainerGroup, type ContainerGroup } from './parse-container-group.ts';

interface Facts extends ContainerGroup {
  startedWallMs: number | null;
  /** What it had used when it was last read; one that has used less since was started again. */
  cpuMicros: number;
}

/** How long the first reading waits for names, so that whoever looks once sees them. */
const patienceMs = 500;

/** Finds containers by their control groups, which takes no engine, and asks the engines for their names. */
export function createLinuxContainerCollector(
  sources: LinuxSources,
  probe: ProbeClient,
): Collector<'container'> {
  const { clock, procRoot } = sources;
  const ended = new AbortController();
  const groups = new GroupSet<Facts>({
    sources,
    wantsLimits: true,
    judge: (name, path) => {
      const container = parseContainerGroup(name, path);
      return container ? { keep: { ...container, startedWallMs: null, cpuMicros: Infinity } } : 'enter';
    },
  });
  const names = new ContainerNames(clock, probe, findEngineSockets(sources));
  const readGroup = ({ folder, facts, files }: WatchedGroup<Facts>): ContainerRaw | null => {
    const usage = files.readUsage();
    if (!usage) return null;
    const cpuMicros = usage.cpuMicros ?? 0;
    if (cpuMicros < facts.cpuMicros) facts.startedWallMs = readContainerStart(procRoot, folder);
    facts.cpuMicros = cpuMicros;
    const { id, engine, startedWallMs } = facts;
    const named = names.get(id);
    const [name, image] = [named?.name ?? facts.name, named?.image ?? null];
    return { id, name, image, engine, startedWallMs, ...usage, ...files.readLimits() };
  };
  const finish = (containers: ContainerRaw[]): ContainersRaw => ({
    containers,
    namesRemedy: names.remedy(containers),
  });
  const readAll = (): ContainersRaw | Promise<ContainersRaw> => {
    const containers = groups.read(readGroup);
    return containers instanceof Promise ? containers.then(finish) : finish(containers);
  };
  let isFirst = true;
  const readNamed = (): ContainersRaw | Promise<ContainersRaw> => {
    const asking = names.refresh(groups.groups.map(({ facts }) => facts), ended.signal); // prettier-ignore
    const isToWait = asking !== null && isFirst;
    isFirst = false;
    return isToWait ? waitAtMost(clock, patienceMs, asking).then(readAll) : readAll();
  };
  return {
    id: 'container',
    minIntervalMs: 2_000,
    deadlineMs: 2_000,
    probe: () =>
      groups.isThere
        ? { status: 'ok' }
        : { status: 'unsupported', message: 'This kernel shows no control groups under /sys/fs/cgroup.' },
    read: () => {
      const walk = groups.refresh();
      return walk ? walk.then(readNamed) : readNamed();
    },
    [Symbol.asyncDispose]: async () => {
      ended.abort(new MonitorError('closed', 'Containers are not read any more.'));
      groups[Symbol.dispose]();
    },
  };
}
