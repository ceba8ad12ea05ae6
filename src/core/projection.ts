import { includesScope, type GrantScope } from '../shared/protocol/index.ts';
import type { ProcessRaw } from '../shared/series/raw/process.ts';
import type { SocketRaw } from '../shared/series/raw/socket.ts';
import type { Section, Sections } from '../shared/series/sample.ts';

/**
 * How much of the sections a subscriber gets: `names` leaves out command lines, `vitals` also which process listens
 * on a port. It is part of what makes subscriptions alike, so that one encoding still serves all that are.
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
  const { process, socket } = sections;
  let projected = sections;
  if (process?.status === 'ok') projected = { ...projected, process: withoutCommands(process) };
  if (projection === 'vitals' && socket?.status === 'ok') {
    projected = { ...projected, socket: withoutOwners(socket) };
  }
  return projected;
}

function withoutCommands(section: Known<ProcessRaw>): Known<ProcessRaw> {
  return { ...section, data: { ...section.data, command: section.data.command.map(() => '') } };
}

function withoutOwners(section: Known<SocketRaw>): Known<SocketRaw> {
  const { listeners } = section.data;
  return {
    ...section,
    data: {
      ...section.data,
      listeners: listeners.map((listener) => ({ ...listener, pid: null, processName: null, user: null })),
    },
  };
}
