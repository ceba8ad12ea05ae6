import { useState } from 'react';
import type { AccessRaw } from '../../../shared/series/raw/access.ts';
import { t } from '../../../shared/texts/texts.ts';
import { Button } from '../../design/components/button.tsx';
import { useSession, useTopic } from '../../session-context.ts';
import { useAccessMethod } from '../access/use-access-method.ts';
import { DeedOutcome } from '../deed-outcome.tsx';
import { RichText } from '../rich-text.tsx';
import { SectionCard } from '../section-card.tsx';
import { useDeed } from '../use-deed.ts';
import { formatTimeLeft } from './format-time-left.ts';
import { QrCode } from './qr-code.tsx';

type Code = NonNullable<AccessRaw['pairing']['code']>;

/** The way in for one more device: a code to scan or to type, for as long as it lasts. */
export function PairingCard() {
  const state = useTopic('access');
  return (
    <SectionCard title={t('sharing:pairing.title')} area="pairing" width="tall" state={state}>
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
          {isAsking ? t('sharing:pairing.asking') : describeAbsence(last, nowMs)}
          {isShared ? null : ` ${t('sharing:pairing.needsSharing')}`}
        </p>
      )}
      <div className="pairing-way__buttons">
        {open && (
          <Button
            variant={isShared && !live && !isAsking ? 'primary' : 'plain'}
            disabled={isBusy}
            data-testid="new-code"
            onClick={() => run(() => open({}))}
          >
            {live || last ? t('sharing:pairing.newCode') : t('sharing:pairing.showCode')}
          </Button>
        )}
        {live && close && (
          <Button
            disabled={isBusy}
            data-testid="close-code"
            onClick={() =>
              run(
                () => close({}),
                () => setLast(null),
              )
            }
          >
            {t('sharing:pairing.withdraw')}
          </Button>
        )}
      </div>
      <DeedOutcome progress={progress} testId="pairing-outcome" />
    </>
  );
}

function describeAbsence(last: Code | null, nowMs: number): string {
  if (!last) return t('sharing:pairing.none');
  return last.expiresWallMs <= nowMs ? t('sharing:pairing.expired') : t('sharing:pairing.spent');
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
          <QrCode text={qr} label={t('sharing:pairing.qr')} />
        </figure>
      )}
      <div className="pairing-way__type">
        <p className="pairing-way__code" translate="no" data-testid="pairing-live-code">
          {code}
        </p>
        <p className="pairing-way__left" data-testid="code-left">
          <RichText
            text={t('sharing:pairing.validFor')}
            parts={{ time: () => <strong>{formatTimeLeft(expiresWallMs - nowMs)}</strong> }}
          />{' '}
          <span className={attemptsLeft <= 2 ? 'alarm' : undefined} data-testid="attempts-left">
            {t('sharing:pairing.attemptsLeft', { count: attemptsLeft })}
          </span>
        </p>
        {isShared ? (
          <ol className="steps">
            <li>
              <RichText
                text={t('sharing:pairing.scan')}
                parts={{ address: () => <code translate="no">{url}</code> }}
              />
            </li>
            <li>{t('sharing:pairing.warns')}</li>
            <li>{t('sharing:pairing.compare')}</li>
          </ol>
        ) : (
          <p className="quiet">
            <RichText
              text={t('sharing:pairing.localOnly')}
              parts={{ address: () => <code translate="no">{stripCode(qr)}</code> }}
            />
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
