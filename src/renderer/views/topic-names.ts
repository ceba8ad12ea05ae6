import { topics } from '../../shared/series/raw.ts';
import { t } from '../../shared/texts/texts.ts';
import { showName } from './show-name.ts';

/** What a topic is about, in words; one that this version does not know by its own name. */
export function nameTopic(topic: string): string {
  const known = topics.find((one) => one === topic);
  return known === undefined ? showName(topic) : t(`states:topic.${known}`);
}
