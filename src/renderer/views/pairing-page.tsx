import { useState, type SubmitEvent } from 'react';
import { readSetting, writeSetting } from '../settings.ts';
import { formatPairingCode, isWholeCode, pair } from '../../client/pairing-client.ts';
import { Mark } from './page-header.tsx';

export interface PairingPageProps {
  /** Why the page is shown again, in a sentence; null the first time. */
  readonly reason: string | null;
  readonly onPaired: (token: string) => void;
}

/** Exchanges the host's one-time code for a token of this browser's own. */
export function PairingPage({ reason, onPaired }: PairingPageProps) {
  const [code, setCode] = useState('');
  const [name, setName] = useState(() => readSetting('deviceName') ?? suggestName(navigator.userAgent));
  const [problem, setProblem] = useState<string | null>(null);
  const [pairing, setPairing] = useState(false);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (pairing) return;
    setPairing(true);
    setProblem(null);
    const outcome = await pair(code, name.trim());
    setPairing(false);
    if (outcome.status === 'failed') {
      setProblem(outcome.message);
      return;
    }
    writeSetting('deviceName', name.trim());
    onPaired(outcome.token);
  };

  return (
    <main className="pairing" data-testid="pairing">
      <form className="pairing__card" onSubmit={(event) => void submit(event)}>
        <Mark />
        <h1>Connect to this machine</h1>
        <p className="quiet">
          Enter the code that Pulsewire shows on the machine you want to watch. This browser remembers the
          connection.
        </p>
        {reason !== null && (
          <p className="notice notice--inline" data-testid="pairing-reason">
            {reason}
          </p>
        )}
        <label>
          <span>Code</span>
          <input
            className="pairing__code"
            data-testid="pairing-code"
            value={code}
            onChange={(event) => setCode(formatPairingCode(event.target.value))}
            placeholder="XXXX-XXXX"
            autoFocus
            autoComplete="one-time-code"
            autoCapitalize="characters"
            spellCheck={false}
            aria-invalid={problem !== null}
            aria-describedby="pairing-problem"
          />
        </label>
        <label>
          <span>Name of this device</span>
          <input
            data-testid="pairing-name"
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={64}
            autoComplete="off"
          />
        </label>
        <p className="pairing__problem" id="pairing-problem" role="alert" data-testid="pairing-problem">
          {problem}
        </p>
        <button
          type="submit"
          className="primary"
          data-testid="pairing-submit"
          disabled={pairing || !isWholeCode(code) || name.trim() === ''}
        >
          {pairing ? 'Connecting …' : 'Connect'}
        </button>
      </form>
    </main>
  );
}

function suggestName(userAgent: string): string {
  const systems = [
    [/iPhone/, 'iPhone'],
    [/iPad/, 'iPad'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'Mac'],
    [/Linux|X11/, 'Linux'],
  ] as const;
  const browsers = [
    [/Edg\//, 'Edge'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\/|CriOS/, 'Chrome'],
    [/Safari\//, 'Safari'],
  ] as const;
  const browser = browsers.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'Browser';
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1];
  return system ? `${browser} on ${system}` : browser;
}
