import { formatList } from '../../../shared/series/formats.ts';
import type { CostRaw } from '../../../shared/series/raw/cost.ts';
import { t } from '../../../shared/texts/texts.ts';
import { nameTopic } from '../topic-names.ts';

/** What the governor does and why, in one sentence. */
export function describeGovernor({ level, over, slowedTopics }: CostRaw['governor']): string {
  if (level === 0 || slowedTopics.length === 0) return t('cost:governor.still');
  const topics = formatList(slowedTopics.map(nameTopic));
  if (over.length === 0) return t('cost:governor.near', { topics });
  return t('cost:governor.over', {
    topics,
    budgets: formatList(over.map((kind) => t(`cost:budget.${kind}`))),
  });
}
