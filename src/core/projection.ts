import type { ProcessRaw } from '../shared/series/raw/process.ts';
import type { Section, Sections } from '../shared/series/sample.ts';
import type { GrantScope } from './grant.ts';

/**
 * How much of the sections a subscriber gets: `guarded` leaves out what may hold secrets. It is part of what makes
 * subscriptions alike, so that one encoding still serves all that are.
 */
export type Projection = 'whole' | 'guarded';

/** What a scope gets: a viewer sees names of processes and what they use, never their command lines. */
export function deriveProjection(scope: GrantScope): Projection {
  return scope === 'view' ? 'guarded' : 'whole';
}

/** The sections as they are sent under a projection. Changes nothing of what it is given. */
export function projectSections(sections: Sections, projection: Projection): Sections {
  const { process } = sections;
  if (projection === 'whole' || process?.status !== 'ok') return sections;
  return { ...sections, process: withoutCommands(process) };
}

function withoutCommands(
  section: Extract<Section<ProcessRaw>, { status: 'ok' }>,
): Extract<Section<ProcessRaw>, { status: 'ok' }> {
  return { ...section, data: { ...section.data, command: section.data.command.map(() => '') } };
}
