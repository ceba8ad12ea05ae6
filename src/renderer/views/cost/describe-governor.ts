import type { CostRaw } from '../../../shared/series/raw/cost.ts';
import { nameTopic } from '../topic-names.ts';

const budgets: Readonly<Record<CostRaw['governor']['over'][number], string>> = {
  cpu: 'processor time',
  memory: 'memory',
  forks: 'programs started',
};

/** What the governor does and why, in one sentence. */
export function describeGovernor({ level, over, slowedTopics }: CostRaw['governor']): string {
  if (level === 0 || slowedTopics.length === 0) return 'Everything is read as often as it is asked for.';
  const what = listWords(slowedTopics.map(nameTopic));
  const why =
    over.length > 0
      ? ` over its budget of ${listWords(over.map((kind) => budgets[kind]))}`
      : ' near its budget';
  return `Read less often, since the monitor is${why}: ${what}.`;
}

function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
