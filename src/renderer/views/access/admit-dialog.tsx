import { useRef, useState } from 'react';
import type { AccessParams, TokenScope } from '../../../shared/protocol/index.ts';
import { t } from '../../../shared/texts/texts.ts';
import { Button } from '../../design/components/button.tsx';
import { Dialog } from '../../design/components/dialog.tsx';
import { DeedOutcome } from '../deed-outcome.tsx';
import { RichText } from '../rich-text.tsx';
import { showName } from '../show-name.ts';
import { formatTimeLeft } from '../sharing/format-time-left.ts';
import { useDeed } from '../use-deed.ts';
import { DeviceNameField, isDeviceName } from './device-name-field.tsx';
import { GuestChoice, guestMs } from './guest-choice.tsx';
import type { PairingRequest } from './pairing-requests.tsx';
import { ScopeChoice } from './scope-choice.tsx';
import { useArmed } from './use-armed.ts';

export type Answer = Omit<AccessParams<'pairing.answer'>, 'requestId'>;

export interface AdmitDialogProps {
  readonly request: PairingRequest;
  /** False once the device has given up or somebody else has answered. */
  readonly isWaiting: boolean;
  readonly othersWaiting: number;
  readonly onAnswer: (answer: Answer) => Promise<unknown>;
  readonly onClose: (answered: boolean) => void;
}

/**
 * Asks whether a device may watch. It comes up by itself, perhaps while somebody types or clicks: so the focus is on its
 * heading, no key answers it, Allow does nothing at first, and Escape only puts it off.
 */
export function AdmitDialog({ request, isWaiting, othersWaiting, onAnswer, onClose }: AdmitDialogProps) {
  const answered = useRef(false);
  const [name, setName] = useState(() => showName(request.name).slice(0, 64));
  const [scope, setScope] = useState<TokenScope>('view');
  const [isGuest, setGuest] = useState(false);
  const [progress, run] = useDeed();
  const isArmed = useArmed();
  const [isOpen, setOpen] = useState(true);
  const isBusy = progress.step === 'sent';
  const canAllow = isArmed && isWaiting && !isBusy && isDeviceName(name);

  const finish = (): void => {
    answered.current = true;
    setOpen(false);
  };

  return (
    <Dialog
      title={t('access:admit.title', { name: showName(request.name) })}
      isOpen={isOpen}
      onClose={() => setOpen(false)}
      onClosed={() => onClose(answered.current || !isWaiting)}
      closesOutside={false}
      initialFocus="title"
      testId="admit-dialog"
      name={request.id}
      footer={
        <>
          <span className="dialog__aside quiet" role="status">
            {isWaiting
              ? othersWaiting > 0 && t('access:admit.others', { count: othersWaiting })
              : t('access:admit.over')}
          </span>
          {isWaiting ? (
            <>
              <Button
                disabled={isBusy}
                data-testid="admit-refuse"
                onClick={() => run(() => onAnswer({ accept: false }), finish)}
              >
                {t('access:admit.refuse')}
              </Button>
              <Button
                variant="primary"
                disabled={!canAllow}
                isLoading={isBusy}
                data-testid="admit-allow"
                onClick={() =>
                  run(
                    () =>
                      onAnswer({ accept: true, name: name.trim(), scope, guestMs: isGuest ? guestMs : null }),
                    finish,
                  )
                }
              >
                {isBusy ? t('waitingForHost') : t('access:admit.allow')}
              </Button>
            </>
          ) : (
            <Button data-testid="admit-close" onClick={() => setOpen(false)}>
              {t('close')}
            </Button>
          )}
        </>
      }
    >
      <p className="admit__facts">
        <span>
          <RichText
            text={t('access:admit.from')}
            parts={{
              address: () => (
                <code translate="no" data-testid="admit-address">
                  {showName(request.address)}
                </code>
              ),
            }}
          />
        </span>
        {isWaiting && (
          <span data-testid="admit-left">
            <RichText
              text={t('access:admit.left')}
              parts={{ time: () => <strong>{formatTimeLeft(request.endsInMs)}</strong> }}
            />
          </span>
        )}
      </p>
      <div className="admit__key">
        {request.key === null ? (
          <p className="alarm" data-testid="admit-no-key">
            {t('access:admit.noKey')}
          </p>
        ) : (
          <>
            <p className="key" data-testid="admit-key">
              {groupKey(request.key)}
            </p>
            <p>{t('access:admit.compare')}</p>
          </>
        )}
      </div>
      <DeviceNameField name={name} disabled={isBusy} onChange={setName} />
      <ScopeChoice scope={scope} disabled={isBusy} onChoose={setScope} />
      <GuestChoice isGuest={isGuest} disabled={isBusy} onChoose={setGuest} />
      <DeedOutcome progress={progress} testId="admit-outcome" />
    </Dialog>
  );
}

/** Six digits are easier compared as twice three. What is no such key stays as it is. */
function groupKey(key: string): string {
  return /^\d{6}$/.test(key) ? `${key.slice(0, 3)} ${key.slice(3)}` : showName(key);
}
