import { useState, type ReactNode } from 'react';
import { t } from '../../../shared/texts/texts.ts';
import { requestPairing, type PairingFailure } from '../../../client/pairing-client.ts';
import { readSetting, writeSetting } from '../../settings.ts';
import { HostText } from '../host-text.tsx';
import { Mark } from '../mark.tsx';
import { PlainTextWarning } from '../plain-text-warning.tsx';
import { RichText } from '../rich-text.tsx';
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

/** Those of which it is known what to say. Of the others the client says it, or the host. */
const knownFailures = ['wrongCode', 'refused', 'unanswered', 'unreachable'] as const;

/** Exchanges the host's one-time code for a token of this browser's own, once the host's user has let it in. */
export function PairingPage({ ended, scannedCode, onPaired }: PairingPageProps) {
  const [code, setCode] = useState(scannedCode ?? '');
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const [problem, setProblem] = useState<ReactNode>(null);

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
    setProblem(describeFailure(outcome));
    if (codeIsSpent.has(outcome.reason)) setCode('');
  };

  return (
    <main className="pairing" data-testid="pairing">
      <PlainTextWarning />
      <div className="pairing__card">
        <div className="pairing__head">
          <Mark />
          <span className="quiet" translate="no" data-testid="pairing-host">
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
            reason={
              ended !== null && (
                <RichText text={t('pairing:ended')} parts={{ reason: () => <HostText text={ended} /> }} />
              )
            }
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

function describeFailure({
  reason,
  message,
}: {
  readonly reason: PairingFailure;
  readonly message: string;
}): ReactNode {
  const known = knownFailures.find((one) => one === reason);
  return known === undefined ? <HostText text={message} /> : t(`pairing:failure.${known}`);
}
