import { useEffect, useId, useState } from 'react';
import '../../design/tour.css';
import { t } from '../../../shared/texts/texts.ts';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/commands-context.ts';
import { Button } from '../../design/components/button.tsx';
import { changePreferences, usePreferences } from '../../preferences/preferences.ts';
import { useStatus } from '../../session-context.ts';
import { findBridge } from '../../transport/find-bridge.ts';
import { deriveTourSteps } from './tour-steps.ts';

/**
 * Shows somebody round who is here for the first time: a few words in a corner, which keep nothing from being used and take
 * the focus from nobody. Escape and Skip end it for good; it can be asked for again.
 */
export function Tour() {
  const { tourSeen } = usePreferences();
  const { welcome } = useStatus();
  if (tourSeen || !welcome) return null;
  return <TourCard />;
}

function TourCard() {
  const steps = deriveTourSteps(findBridge() !== null);
  const [at, setAt] = useState(0);
  const titleId = useId();
  const step = steps[Math.min(at, steps.length - 1)]!;
  const isLast = at >= steps.length - 1;

  useCommands(tourCommands);
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset['tour'] = step.name;
    return () => {
      delete dataset['tour'];
    };
  }, [step]);

  return (
    <aside className="tour" aria-labelledby={titleId} data-testid="tour" data-step={step.name}>
      <p className="tour__step">
        {t('tour:title')} · {t('tour:step', { at: at + 1, count: steps.length })}
      </p>
      <div aria-live="polite">
        <h2 id={titleId}>{step.title()}</h2>
        <p>{step.text()}</p>
      </div>
      <div className="tour__buttons">
        {!isLast && (
          <Button variant="quiet" data-testid="tour-skip" onClick={endTour}>
            {t('tour:skip')}
          </Button>
        )}
        <span className="tour__space" />
        {at > 0 && (
          <Button data-testid="tour-back" onClick={() => setAt(at - 1)}>
            {t('tour:back')}
          </Button>
        )}
        <Button
          variant="primary"
          data-testid="tour-next"
          onClick={() => (isLast ? endTour() : setAt(at + 1))}
        >
          {isLast ? t('tour:done') : t('tour:next')}
        </Button>
      </div>
    </aside>
  );
}

const tourCommands: readonly Command[] = [
  { id: 'tour.skip', title: () => t('tour:skip'), group: 'app', keys: 'Escape', run: endTour },
];

function endTour(): void {
  changePreferences({ tourSeen: true });
}
