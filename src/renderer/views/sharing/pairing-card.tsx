import { useState } from 'react';
import type { AccessRaw } from '../../../shared/series/raw/access.ts';
import { useSession, useTopic } from '../../session-context.ts';
import { useAccessMethod } from '../access/use-access-method.ts';
import { DeedOutcome } from '../deed-outcome.tsx';
import { SectionCard } from '../section-card.tsx';
import { useDeed } from '../use-deed.ts';
import { formatTimeLeft } from './format-time-left.ts';
import { QrCode } from './qr-code.tsx';

type Code = NonNullable<AccessRaw['pairing']['code']>;

/** The way in for one more device: a code to scan or to type, for as long as it lasts. */
export function PairingCard() {
  const state = useTopic('access');
  return (
    <SectionCard title="Let a device in" area="pairing" width="tall" state={state}>
      {({ sharing, pairing: { code, requests } }) => (
        <PairingWay sharing={sharing} code={code} isAsking={requests.length > 0} />
      )}
    </SectionCard>
  );
}

interface PairingWayProps {
  readonly sharing: AccessRaw['sharing'];
  readonly code: Code | null;
  /** Whether a device has used a code and waits. */
  readonly isAsking: boolean;
}

function PairingWay({ sharing, code, isAsking }: PairingWayProps) {
  // The host's time, and no further on than its newest sample.
  const nowMs = useSession().store.nowX;
  const open = useAccessMethod('pairing.open');
  const close = useAccessMethod('pairing.close');
  const [progress, run] = useDeed();
  const [last, setLast] = useState<Code | null>(null);
  if (code && code.code !== last?.code) setLast(code);

  const live = code && code.expiresWallMs > nowMs ? code : null;
  const isShared = sharing.state === 'on' && sharing.urls.length > 0;
  const isBusy = progress.step === 'sent';
  return (
    <>
      {live ? (
        <LiveCode code={live} url={sharing.urls[0]} isShared={isShared} nowMs={nowMs} />
      ) : (
        <p className="pairing-way__none" role="status" data-testid="no-code">
          {isAsking ? 'A device has used the code and waits to be let in.' : describeAbsence(last, nowMs)}
          {isShared ? null : ' A phone needs sharing to be on; a browser on this machine does not.'}
        </p>
      )}
      <div className="pairing-way__buttons">
        {open && (
          <button
            type="button"
            className={isShared && !live && !isAsking ? 'primary' : undefined}
            disabled={isBusy}
            data-testid="new-code"
            onClick={() => run(() => open({}))}
          >
            {live || last ? 'New code' : 'Show a code'}
          </button>
        )}
        {live && close && (
          <button
            type="button"
            disabled={isBusy}
            data-testid="close-code"
            onClick={() =>
              run(
                () => close({}),
                () => setLast(null),
              )
            }
          >
            Withdraw it
          </button>
        )}
      </div>
      <DeedOutcome progress={progress} testId="pairing-outcome" />
    </>
  );
}

function describeAbsence(last: Code | null, nowMs: number): string {
  if (!last) return 'There is no code now, so nobody can ask to be let in.';
  return last.expiresWallMs <= nowMs
    ? 'The code has expired.'
    : 'The code is no longer valid: it was used, withdrawn, or tried too often.';
}

interface LiveCodeProps {
  readonly code: Code;
  readonly url: string | undefined;
  readonly isShared: boolean;
  readonly nowMs: number;
}

function LiveCode({ code: { code, qr, expiresWallMs, attemptsLeft }, url, isShared, nowMs }: LiveCodeProps) {
  return (
    <div className="pairing-way">
      {isShared && (
        <figure className="pairing-way__scan">
          <QrCode
            text={qr}
            label="QR code that opens this machine’s page on a phone, with the code filled in"
          />
        </figure>
      )}
      <div className="pairing-way__type">
        <p className="pairing-way__code" data-testid="pairing-live-code">
          {code}
        </p>
        <p className="pairing-way__left" data-testid="code-left">
          Valid for <strong>{formatTimeLeft(expiresWallMs - nowMs)}</strong>, for one device.{' '}
          <span className={attemptsLeft <= 2 ? 'alarm' : undefined} data-testid="attempts-left">
            {attemptsLeft} {attemptsLeft === 1 ? 'attempt' : 'attempts'} left.
          </span>
        </p>
        {isShared ? (
          <ol className="steps">
            <li>
              Scan the picture with the phone’s camera, or open <code>{url}</code> and type the code.
            </li>
            <li>The browser warns of a certificate that it does not know: compare its fingerprint.</li>
            <li>Both screens then show the same six digits. Compare them, and let the device in here.</li>
          </ol>
        ) : (
          <p className="quiet">
            Only a browser on this machine can use it while sharing is off. It opens{' '}
            <code>{stripCode(qr)}</code> and types the code.
          </p>
        )}
      </div>
    </div>
  );
}

/** The address alone. */
function stripCode(url: string): string {
  return url.split('#', 1)[0]!;
}
