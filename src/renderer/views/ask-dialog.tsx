import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { t } from '../../shared/texts/texts.ts';
import { Button } from '../design/components/button.tsx';
import { Dialog } from '../design/components/dialog.tsx';
import { DeedOutcome } from './deed-outcome.tsx';
import { useDeed, type Progress } from './use-deed.ts';

export interface AskDialogProps {
  readonly title: string;
  /** Of the dialog and, with `-cancel`, `-confirm`, `-close` and `-outcome`, of its parts. */
  readonly testId: string;
  /** What is about to be done, for programs that read the page. */
  readonly deed: string;
  readonly verb: string;
  readonly destructive: boolean;
  /** Whether what was filled in can be asked for. Default true. */
  readonly isWhole?: boolean;
  readonly act: () => Promise<unknown>;
  /** It is over: done, or not. */
  readonly onClose: (done: boolean) => void;
  readonly children: (step: Progress['step']) => ReactNode;
}

/** Asks once more before something is done, and says what became of it. The way out is what a hasty Enter takes. */
export function AskDialog(props: AskDialogProps) {
  const { title, testId, deed, verb, destructive, isWhole = true, act, onClose, children } = props;
  const cancel = useRef<HTMLButtonElement>(null);
  const close = useRef<HTMLButtonElement>(null);
  const done = useRef(false);
  const [isOpen, setOpen] = useState(true);
  const [progress, run] = useDeed();
  const formId = useId();
  const { step } = progress;
  const leave = (): void => setOpen(false);

  useEffect(() => {
    if (step === 'refused') close.current?.focus();
  }, [step]);

  const confirm = (event: FormEvent): void => {
    event.preventDefault();
    if (step !== 'asking' || !isWhole) return;
    run(act, () => {
      done.current = true;
      leave();
    });
  };

  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={leave}
      onClosed={() => onClose(done.current)}
      closesOutside={false}
      initialFocus={cancel}
      testId={`${testId}-dialog`}
      deed={deed}
      footer={
        step === 'refused' ? (
          <Button ref={close} data-testid={`${testId}-close`} onClick={leave}>
            {t('close')}
          </Button>
        ) : (
          <>
            <Button ref={cancel} data-testid={`${testId}-cancel`} onClick={leave}>
              {t('cancel')}
            </Button>
            <Button
              type="submit"
              form={formId}
              variant={destructive ? 'danger' : 'primary'}
              disabled={!isWhole}
              isLoading={step === 'sent'}
              data-testid={`${testId}-confirm`}
            >
              {step === 'sent' ? t('waitingForHost') : verb}
            </Button>
          </>
        )
      }
    >
      <form id={formId} className="dialog__form" onSubmit={confirm}>
        {children(step)}
        <DeedOutcome progress={progress} testId={`${testId}-outcome`} />
      </form>
    </Dialog>
  );
}
