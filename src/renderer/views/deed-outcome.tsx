import { t } from '../../shared/texts/texts.ts';
import { HostText } from './host-text.tsx';
import { showName } from './show-name.ts';
import type { Progress } from './use-deed.ts';

export interface DeedOutcomeProps {
  readonly progress: Progress;
  readonly testId: string;
}

/** Says why something was not done and what would help; an empty place, so that it is heard, while there is nothing to say. */
export function DeedOutcome({ progress, testId }: DeedOutcomeProps) {
  return (
    <div className="dialog__outcome" role="alert" data-testid={testId}>
      {progress.step === 'refused' && (
        <>
          <p>
            {progress.isRefused && <>{t('states:refused')} </>}
            <HostText text={progress.text} />
          </p>
          {progress.remedy !== null && <code>{showName(progress.remedy)}</code>}
        </>
      )}
    </div>
  );
}
