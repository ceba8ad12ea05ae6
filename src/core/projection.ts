import { includesScope, type GrantScope } from '../shared/protocol/index.ts';
import type { FilesystemRaw, MountRaw } from '../shared/series/raw/filesystem.ts';
import type { HostRaw } from '../shared/series/raw/host.ts';
import type { ProcessRaw } from '../shared/series/raw/process.ts';
import type { SocketRaw } from '../shared/series/raw/socket.ts';
import type { Section, Sections } from '../shared/series/sample.ts';

/**
 * How much of the sections a subscriber gets: `names` leaves out command lines, `vitals` all that names a process, a
 * service or a user in the topics that it gets. It is part of what makes subscriptions alike, so that one encoding still
 * serves all that are.
 */
export type Projection = 'whole' | 'names' | 'vitals';

type Known<Data> = Extract<Section<Data>, { status: 'ok' }>;

/** What a scope gets. Topics that it does not get at all are `deriveCapabilities`'s to refuse. */
export function deriveProjection(scope: GrantScope): Projection {
  if (includesScope(scope, 'arguments')) return 'whole';
  return includesScope(scope, 'view') ? 'names' : 'vitals';
}

/** The sections as they are sent under a projection. Changes nothing of what it is given. */
export function projectSections(sections: Sections, projection: Projection): Sections {
  if (projection === 'whole') return sections;
  const { process, socket, filesystem, host } = sections;
  let projected = sections;
  if (process?.status === 'ok') projected = { ...projected, process: withoutCommands(process) };
  if (projection !== 'vitals') return projected;
  if (socket?.status === 'ok') projected = { ...projected, socket: withoutOwners(socket) };
  if (filesystem?.status === 'ok') projected = { ...projected, filesystem: withoutPlaces(filesystem) };
  if (host?.status === 'ok') projected = { ...projected, host: withoutServices(host) };
  return projected;
}

const withoutCommands = remember((section: Known<ProcessRaw>): Known<ProcessRaw> => ({
  ...section,
  data: { ...section.data, command: section.data.command.map(() => '') },
}));

const withoutOwners = remember((section: Known<SocketRaw>): Known<SocketRaw> => {
  const listeners = section.data.listeners.map((listener) => ({
    ...listener,
    pid: null,
    processName: null,
    user: null,
  }));
  return { ...section, data: { ...section.data, listeners } };
});

/** Made once of each section, however many groups want it, and the same object whenever it is asked for again. */
function remember<Value extends object>(make: (value: Value) => Value): (value: Value) => Value {
  const known = new WeakMap<Value, Value>();
  return (value) => {
    const before = known.get(value);
    if (before) return before;
    const made = make(value);
    known.set(value, made);
    return made;
  };
}

/** Folders whose entries are called after users or containers. */
const namingFolders =
  /^(\/(?:home|media|run\/media|run\/user|Users|Volumes|var\/lib\/(?:docker|containers?|containerd|lxc|lxd|incus|machines|kubelet))\/)./;

/**
 * Mounts without what names a user or a container: below such folders only the folder is told, with a number where there
 * are several; of what is mounted only devices; and no options, which hold names of users and servers.
 */
function withoutPlaces(section: Known<FilesystemRaw>): Known<FilesystemRaw> {
  const counts = new Map<string, number>();
  const mounts = section.data.mounts.map((mount): MountRaw => {
    const folder = namingFolders.exec(mount.mountPoint)?.[1];
    const device = /^\/dev\/[\w/-]+$/.test(mount.device) ? mount.device : mount.type;
    if (folder === undefined) return { ...mount, device, options: [] };
    const count = (counts.get(folder) ?? 0) + 1;
    counts.set(folder, count);
    return { ...mount, mountPoint: `${folder}…${count > 1 ? ` ${count}` : ''}`, device, options: [] };
  });
  return { ...section, data: { ...section.data, mounts } };
}

/** The kernel's command line names units and more besides; who keeps the time is a service. */
function withoutServices(section: Known<HostRaw>): Known<HostRaw> {
  const { timeSynchronization } = section.data;
  return {
    ...section,
    data: {
      ...section.data,
      kernelCommandLine: null,
      timeSynchronization: timeSynchronization && { ...timeSynchronization, service: null },
    },
  };
}
