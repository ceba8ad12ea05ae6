import { useEffect, useId, useRef, type FormEvent, type ReactNode } from 'react';
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

/**
 * Asks once more before something is done, and says what became of it. A native dialog: the page behind it is out of
 * reach, Escape leaves it, and the focus goes back to where it was.
 */
export function AskDialog(props: AskDialogProps) {
  const { title, testId, deed, verb, destructive, isWhole = true, act, onClose, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const close = useRef<HTMLButtonElement>(null);
  const done = useRef(false);
  const [progress, run] = useDeed();
  const titleId = useId();
  const { step } = progress;

  useEffect(() => {
    dialog.current?.showModal();
    // The way out is what a hasty Enter takes.
    cancel.current?.focus();
  }, []);

  useEffect(() => {
    if (step === 'refused') close.current?.focus();
  }, [step]);

  const confirm = (event: FormEvent): void => {
    event.preventDefault();
    if (step !== 'asking' || !isWhole) return;
    run(act, () => {
      done.current = true;
      // Closed, not merely taken away: so the focus finds its way back.
      dialog.current?.close();
    });
  };

  const leave = (): void => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={titleId}
      data-testid={`${testId}-dialog`}
      data-deed={deed}
      onClose={() => onClose(done.current)}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <form onSubmit={confirm}>
        <h2 id={titleId}>{title}</h2>
        {children(step)}
        <DeedOutcome progress={progress} testId={`${testId}-outcome`} />
        <div className="dialog__buttons">
          {step === 'refused' ? (
            <button ref={close} type="button" data-testid={`${testId}-close`} onClick={leave}>
              Close
            </button>
          ) : (
            <>
              <button ref={cancel} type="button" data-testid={`${testId}-cancel`} onClick={leave}>
                Cancel
              </button>
              <button
                type="submit"
                className={destructive ? 'danger' : 'primary'}
                disabled={step === 'sent' || !isWhole}
                data-testid={`${testId}-confirm`}
              >
                {step === 'sent' ? 'Waiting for the host' : verb}
              </button>
            </>
          )}
        </div>
      </form>
    </dialog>
  );
}
