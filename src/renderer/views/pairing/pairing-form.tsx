import { useEffect, useRef, useState, type ReactNode, type SubmitEvent } from 'react';
import { t } from '../../../shared/texts/texts.ts';
import { formatPairingCode, isWholeCode } from '../../../client/pairing-client.ts';
import { Button } from '../../design/components/button.tsx';
import { readModel, suggestName } from './suggest-name.ts';

export interface PairingFormProps {
  readonly code: string;
  /** Whether the code came with the address: then there is nothing to type. */
  readonly isScanned: boolean;
  readonly savedName: string | null;
  readonly reason: ReactNode;
  readonly problem: ReactNode;
  readonly onCode: (code: string) => void;
  readonly onAsk: (name: string) => void;
}

/** The code and this device's name. One tap where the code was scanned. */
export function PairingForm(props: PairingFormProps) {
  const { code, isScanned, savedName, reason, problem, onCode, onAsk } = props;
  const [name, setName] = useState(savedName ?? suggestName(navigator.userAgent));
  const isTouched = useRef(savedName !== null);

  useEffect(() => {
    let isGone = false;
    void readModel().then((model) => {
      if (!isGone && !isTouched.current && model !== '') setName(suggestName(navigator.userAgent, model));
    });
    return () => {
      isGone = true;
    };
  }, []);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isWholeCode(code) && name.trim() !== '') onAsk(name.trim());
  };

  return (
    <form onSubmit={submit}>
      <h1>{t('pairing:title')}</h1>
      <p className="quiet">{isScanned ? t('pairing:scanned') : t('pairing:enter')}</p>
      {reason !== null && (
        <p className="notice notice--inline" data-testid="pairing-reason">
          {reason}
        </p>
      )}
      <label>
        <span>{t('code')}</span>
        <input
          className="pairing__code"
          data-testid="pairing-code"
          value={code}
          onChange={(event) => onCode(formatPairingCode(event.target.value))}
          placeholder="XXXX-XXXX"
          // On a phone the keyboard would cover the one button that is needed.
          autoFocus={!isScanned}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby="pairing-problem"
        />
      </label>
      <label>
        <span>{t('pairing:name')}</span>
        <input
          data-testid="pairing-name"
          value={name}
          onChange={(event) => {
            isTouched.current = true;
            setName(event.target.value);
          }}
          maxLength={64}
          autoComplete="off"
        />
      </label>
      <p className="pairing__problem" id="pairing-problem" role="alert" data-testid="pairing-problem">
        {problem}
      </p>
      <Button
        type="submit"
        variant="primary"
        data-testid="pairing-submit"
        disabled={!isWholeCode(code) || name.trim() === ''}
      >
        {t('pairing:ask')}
      </Button>
    </form>
  );
}
