import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Collector } from '../../../core/collector.ts';
import { MonitorError } from '../../../shared/lifecycle/monitor-error.ts';
import { groupUsageEntries } from '../../../shared/series/raw/container.ts';
import { createUnknown } from '../../../shared/series/raw/unknown.ts';
import type { ServiceRaw, ServicesRaw } from '../../../shared/series/raw/service.ts';
import type { ProbeClient } from '../../probe/probe-client.ts';
import type { GroupUsage } from '../control-group/group-files.ts';
import { GroupSet } from '../control-group/group-set.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { Refreshed } from '../refreshed.ts';
import { waitAtMost } from '../wait-at-most.ts';
import { BusUnits, type Unit } from './bus-units.ts';

/** How long the first reading waits for systemd, so that whoever looks once sees all. */
const patienceMs = 1_000;
/** For a container that sees the groups of its host. */
const hiddenRemedy =
  'Only services that run are listed, by their control groups: systemd is not to be seen from here. In a container, ' +
  'mount /run/systemd and /run/dbus of the host into it.';
const unknownUsage = createUnknown(v.object(groupUsageEntries));

/** Which services there are by systemd's account over the bus, and what each that runs uses by its control group. */
export function createLinuxServiceCollector(sources: LinuxSources, probe: ProbeClient): Collector<'service'> {
  const { clock, runRoot = '/run' } = sources;
  const ended = new AbortController();
  const units = new BusUnits(clock, probe, join(runRoot, 'dbus/system_bus_socket'));
  const groups = new GroupSet<string>({
    sources,
    wantsLimits: false,
    // A service's own groups are part of it, and those in that of a user belong to another manager.
    judge: (name) =>
      name.endsWith('.service') ? { keep: name } : name.endsWith('.slice') ? 'enter' : 'skip',
  });
  const isSystemd = new Refreshed(clock, 60_000, () => existsSync(join(runRoot, 'systemd/system')));
  const finish = (usages: readonly (readonly [name: string, usage: GroupUsage])[]): ServicesRaw => {
    const { systemState, units: known } = units;
    const remedy = isSystemd.get() ? units.remedy : hiddenRemedy;
    return { systemState, services: mergeServices(known ?? [], new Map(usages)), remedy };
  };
  const readAll = (): ServicesRaw | Promise<ServicesRaw> => {
    const usages = groups.read(({ facts, files }) => {
      const usage = files.readUsage();
      return usage && ([facts, usage] as const);
    });
    return usages instanceof Promise ? usages.then(finish) : finish(usages);
  };
  let isFirst = true;
  return {
    id: 'service',
    minIntervalMs: 5_000,
    deadlineMs: patienceMs + 1_000,
    probe: async () => {
      await groups.refresh();
      return isSystemd.get() || groups.groups.length > 0
        ? { status: 'ok' }
        : {
            status: 'unsupported',
            message: 'Services are known of systemd only, which does not run this machine.',
          };
    },
    read: () => {
      const walk = groups.refresh();
      const asking = isSystemd.get() ? units.refresh(ended.signal) : null;
      const isToWait = asking !== null && isFirst;
      isFirst = false;
      const go = (): ServicesRaw | Promise<ServicesRaw> =>
        isToWait ? waitAtMost(clock, patienceMs, asking).then(readAll) : readAll();
      return walk ? walk.then(go) : go();
    },
    [Symbol.asyncDispose]: async () => {
      ended.abort(new MonitorError('closed', 'Services are not read any more.'));
      groups[Symbol.dispose]();
    },
  };
}

/** Each service of systemd with what it uses; after them, those whose groups are there and which it did not name. */
function mergeServices(units: readonly Unit[], usages: ReadonlyMap<string, GroupUsage>): ServiceRaw[] {
  const named = new Set(units.map(({ name }) => name));
  const services: ServiceRaw[] = units.map((unit) => ({
    ...unit,
    ...(usages.get(unit.name) ?? unknownUsage),
  }));
  for (const [name, usage] of usages) {
    if (!named.has(name)) services.push({ name, description: null, state: 'active', detail: null, ...usage });
  }
  return services;
}
