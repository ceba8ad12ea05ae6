import type { GapReason } from '../../shared/series/rates/span.ts';
import type { InterfaceRaw } from '../../shared/series/raw/network.ts';
import { loadingTopic, type TopicState } from '../../shared/series/topic-state.ts';
import { t } from '../../shared/texts/texts.ts';

/** Of a topic that the host does not offer to this viewer, and that is therefore never asked for. */
export const notGrantedTopic: TopicState<never> = {
  ...loadingTopic,
  status: 'unsupported',
  truth: 'unsupported',
  message: 'This host does not read it, or does not show it to this viewer.',
};

/** Why there is no rate at the moment, in words. */
export function describeGap(reason: GapReason): string {
  return t(`states:gap.${reason}`);
}

/** Interfaces in the order in which people look for them: wired and wireless that are up, then the rest. */
export function sortInterfaces(interfaces: readonly InterfaceRaw[]): InterfaceRaw[] {
  const rank = ({ kind, state }: InterfaceRaw): number =>
    (state === 'down' ? 10 : 0) + ['ethernet', 'wifi', 'other', 'virtual', 'loopback'].indexOf(kind);
  return [...interfaces].sort(
    (a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'en', { numeric: true }),
  );
}
