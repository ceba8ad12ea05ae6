import { useEffect, useRef } from 'react';
import { t } from '../../../shared/texts/texts.ts';
import { Button } from '../../design/components/button.tsx';

export interface PairingWaitingProps {
  readonly pairingKey: string;
  readonly onCancel: () => void;
}

/** Shows the number by which the host's user knows this device, until that user has answered. */
export function PairingWaiting({ pairingKey, onCancel }: PairingWaitingProps) {
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => heading.current?.focus(), []);

  return (
    <div className="pairing__waiting" data-testid="pairing-waiting">
      <h1 ref={heading} tabIndex={-1}>
        {t('pairing:waiting.title')}
      </h1>
      <p className="key" data-testid="pairing-key" aria-label={[...pairingKey].join(' ')}>
        {pairingKey.slice(0, 3)} {pairingKey.slice(3)}
      </p>
      <p>{t('pairing:waiting.text')}</p>
      <p className="pairing__progress quiet" role="status">
        <span className="pairing__dots" aria-hidden="true" />
        {t('waitingForHost')}
      </p>
      <Button data-testid="pairing-cancel" onClick={onCancel}>
        {t('cancel')}
      </Button>
    </div>
  );
}
