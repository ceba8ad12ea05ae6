import { t } from '../../../shared/texts/texts.ts';

/** One thing that a newcomer is told. Its name says to the style sheet what is pointed at meanwhile. */
export interface TourStep {
  readonly name: 'overview' | 'busy' | 'keys' | 'tray';
  readonly title: () => string;
  readonly text: () => string;
}

const steps: readonly TourStep[] = [
  { name: 'overview', title: () => t('tour:overview.title'), text: () => t('tour:overview.text') },
  { name: 'busy', title: () => t('tour:busy.title'), text: () => t('tour:busy.text') },
  { name: 'keys', title: () => t('tour:keys.title'), text: () => t('tour:keys.text') },
  { name: 'tray', title: () => t('tour:tray.title'), text: () => t('tour:tray.text') },
];

/** What there is to tell: in a browser nothing of a tray and of what its user shares. */
export function deriveTourSteps(isApp: boolean): readonly TourStep[] {
  return isApp ? steps : steps.filter(({ name }) => name !== 'tray');
}
