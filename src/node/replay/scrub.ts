import type { RawOf, Topic } from '../../shared/series/raw.ts';
import type { Section, Sections } from '../../shared/series/sample.ts';
import { scrubProcesses } from './scrub-processes.ts';
import type { ScrubNames } from './scrub-names.ts';

type Scrubbers = { readonly [T in Topic]?: (data: RawOf<T>, names: ScrubNames) => RawOf<T> | null };

/** By topic; null leaves the reading out. A topic that is not here is left out whole: it is about clients and devices. */
const scrubbers: Scrubbers = {
  cpu: (data) => ({ ...data, cgroup: data.cgroup && { ...data.cgroup, path: '/' } }),
  memory: (data) => data,
  network: scrubNetwork,
  socket: scrubSockets,
  disk: (data, { disks }) => ({
    ...data,
    devices: data.devices.flatMap((device) => {
      const named = disks[device.name];
      return named ? [{ ...device, ...named, rotational: false }] : [];
    }),
  }),
  filesystem: (data, { mounts }) => ({
    mounts: data.mounts.flatMap((mount) => {
      const named = mounts[mount.mountPoint];
      return named ? [{ ...mount, ...named, options: mount.options.filter(isCommonOption) }] : [];
    }),
  }),
  process: scrubProcesses,
  sensor: (data) => data,
  power: (data) => data,
  gpu: (data) => data,
  container: (data) => ({ ...data, containers: [] }),
  service: (data) => ({ ...data, services: [] }),
  login: () => ({ sessions: [] }),
  host: scrubHost,
};

/** Sections with nothing in them that `names` does not name. */
export function deriveScrubbed(sections: Sections, names: ScrubNames): Sections {
  const scrubbed: Record<string, unknown> = {};
  for (const [topic, section] of Object.entries(sections) as [Topic, Section<never>][]) {
    const scrub = scrubbers[topic] as ((data: unknown, names: ScrubNames) => unknown) | undefined;
    if (!scrub) continue;
    if (section.status !== 'ok') scrubbed[topic] = section;
    else scrubbed[topic] = { ...section, data: scrub(section.data, names) };
  }
  return scrubbed;
}

function isCommonOption(option: string): boolean {
  return /^(rw|ro|relatime|noatime|nosuid|nodev|noexec)$/.test(option);
}

function scrubNetwork(data: RawOf<'network'>, { interfaces, gateways }: ScrubNames): RawOf<'network'> {
  return {
    interfaces: data.interfaces.flatMap((found) => {
      const named = interfaces[found.name];
      return named ? [{ ...found, ...named }] : [];
    }),
    defaultRoutes: data.defaultRoutes.flatMap(({ family, interfaceName, gateway }) => {
      const named = interfaces[interfaceName];
      const known = gateway === null ? null : (gateways[gateway] ?? null);
      return named ? [{ family, interfaceName: named.name, gateway: known }] : [];
    }),
  };
}

function scrubSockets(data: RawOf<'socket'>, { programs, users }: ScrubNames): RawOf<'socket'> {
  return {
    ...data,
    listeners: data.listeners.flatMap((listener) => {
      const program = listener.processName === null ? undefined : programs[listener.processName];
      if (program === undefined || !/^(127\.|::1$|0\.0\.0\.0$|::$)/.test(listener.address)) return [];
      const user = listener.user === null ? null : (users[listener.user] ?? 'user');
      return [{ ...listener, processName: program, user }];
    }),
    listenersRemedy: null,
  };
}

function scrubHost(data: RawOf<'host'>, { host, kernel, processor }: ScrubNames): RawOf<'host'> {
  return {
    ...data,
    hostname: host,
    kernel,
    processor,
    kernelBuild: null,
    kernelCommandLine: null,
    machine: null,
    board: null,
    firmware: null,
    virtualization: null,
    timeZone: 'Etc/UTC',
  };
}
