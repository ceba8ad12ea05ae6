import { readSetting, writeSetting } from '../settings.ts';

/** How many are kept in mind. */
const most = 5;

/** What was chosen lately, the newest first, by id. Of what is no such list there is none. */
export function readRecent(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(readSetting('recent') ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(0, most) : [];
  } catch {
    // Not ours, or cut off.
    return [];
  }
}

/** Puts this before the others. */
export function noteRecent(id: string): void {
  writeSetting(
    'recent',
    JSON.stringify([id, ...readRecent().filter((other) => other !== id)].slice(0, most)),
  );
}
