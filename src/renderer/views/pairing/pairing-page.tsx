import { useState } from 'react';
import { t } from '../../../shared/texts/texts.ts';
import { requestPairing, type PairingFailure } from '../../../client/pairing-client.ts';
import { readSetting, writeSetting } from '../../settings.ts';
import { Mark } from '../page-header.tsx';
import { PlainTextWarning } from '../plain-text-warning.tsx';
import { createPairingKey } from './create-pairing-key.ts';
import { FirstUseNote } from './first-use-note.tsx';
import { PairingForm } from './pairing-form.tsx';
import { PairingWaiting } from './pairing-waiting.tsx';

export interface PairingPageProps {
  /** Why the host let this browser in no longer, in its words; null where it never had. */
  readonly ended: string | null;
  /** The code that was scanned, as codes are shown; null where it is still to be typed. */
  readonly scannedCode: string | null;
  readonly onPaired: (token: string) => void;
}

/** What is being asked, and how it is given up. */
interface Attempt {
  readonly key: string;
  readonly cancel: () => void;
}

/** Codes after which the one that was used is worth nothing any more. */
const codeIsSpent: ReadonlySet<PairingFailure> = new Set(['wrongCode', 'refused', 'unanswered']);

const advice: Readonly<Partial<Record<PairingFailure, string>>> = {
  refused: 'To try again, ask for a new code on the host.',
  unanswered: 'Then confirm there once both screens show the same number.',
};

/** Exchanges the host's one-time code for a token of this browser's own, once the host's user has let it in. */
export function PairingPage({ ended, scannedCode, onPaired }: PairingPageProps) {
  const [code, setCode] = useState(scannedCode ?? '');
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const ask = async (name: string): Promise<void> => {
    const abort = new AbortController();
    const key = createPairingKey();
    setProblem(null);
    setAttempt({ key, cancel: () => abort.abort() });
    const outcome = await requestPairing({ code, name, key, signal: abort.signal });
    setAttempt(null);
    if (outcome.status === 'paired') {
      writeSetting('deviceName', name);
      onPaired(outcome.token);
      return;
    }
    if (outcome.reason === 'cancelled') return;
    setProblem([outcome.message, advice[outcome.reason]].filter(Boolean).join(' '));
    if (codeIsSpent.has(outcome.reason)) setCode('');
  };

  return (
    <main className="pairing" data-testid="pairing">
      <PlainTextWarning />
      <div className="pairing__card">
        <div className="pairing__head">
          <Mark />
          <span className="quiet" data-testid="pairing-host">
            {location.host}
          </span>
        </div>
        {attempt ? (
          <PairingWaiting pairingKey={attempt.key} onCancel={attempt.cancel} />
        ) : (
          <PairingForm
            code={code}
            isScanned={code !== '' && code === scannedCode}
            savedName={readSetting('deviceName')}
            reason={ended === null ? null : t('pairing:ended', { reason: ended })}
            problem={problem}
            onCode={setCode}
            onAsk={(name) => void ask(name)}
          />
        )}
        <FirstUseNote />
      </div>
    </main>
  );
}
