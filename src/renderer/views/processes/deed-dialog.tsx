import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import type { TableRow } from '../../store/processes/table-row.ts';
import { useSession } from '../../session-context.ts';
import { showName } from '../show-name.ts';
import { deedRequest, deedWords, describeRefusal, parseNice, type Deed } from './process-actions.ts';

/** What somebody is about to do to which process, as it was when they began. */
export interface Intent {
  readonly deed: Deed;
  readonly row: TableRow;
}

export interface DeedDialogProps {
  readonly intent: Intent;
  /** It is over: done, or not. */
  readonly onClose: (done: boolean) => void;
}

type Progress =
  | { readonly step: 'asking' }
  | { readonly step: 'sent' }
  | { readonly step: 'refused'; readonly text: string; readonly remedy: string | null };

/**
 * Asks once more before anything is done to a process, naming it with its number and its user, and says what became of
 * it. A native dialog: the page behind it is out of reach, Escape leaves it, and the focus goes back to where it was.
 */
export function DeedDialog({ intent: { deed, row }, onClose }: DeedDialogProps) {
  const session = useSession();
  const dialog = useRef<HTMLDialogElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const close = useRef<HTMLButtonElement>(null);
  const done = useRef(false);
  const [progress, setProgress] = useState<Progress>({ step: 'asking' });
  const [nice, setNice] = useState(String(row.nice));
  const titleId = useId();
  const words = deedWords[deed];
  const wanted = parseNice(nice);
  const name = row.name === '' ? 'this process' : `“${showName(row.name)}”`;

  useEffect(() => {
    dialog.current?.showModal();
    // The way out is what a hasty Enter takes.
    cancel.current?.focus();
  }, []);

  useEffect(() => {
    if (progress.step === 'refused') close.current?.focus();
  }, [progress.step]);

  const confirm = (event: FormEvent): void => {
    event.preventDefault();
    if (progress.step !== 'asking' || wanted === null) return;
    const { method, params } = deedRequest(deed, row, wanted);
    setProgress({ step: 'sent' });
    session.request(method, params).then(
      () => {
        done.current = true;
        // Closed, not merely taken away: so the focus finds its way back.
        dialog.current?.close();
      },
      (thrown: unknown) => setProgress({ step: 'refused', ...describeRefusal(thrown) }),
    );
  };

  return (
    <dialog
      ref={dialog}
      className="deed"
      aria-labelledby={titleId}
      data-testid="deed-dialog"
      data-deed={deed}
      onClose={() => onClose(done.current)}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <form onSubmit={confirm}>
        <h2 id={titleId}>
          {words.verb} {name}?
        </h2>
        <p>{words.meaning}</p>
        <dl className="deed__facts">
          <div>
            <dt>Process</dt>
            <dd data-testid="deed-name">{showName(row.name)}</dd>
          </div>
          <div>
            <dt>PID</dt>
            <dd data-testid="deed-pid">{row.pid}</dd>
          </div>
          <div>
            <dt>User</dt>
            <dd data-testid="deed-user">{row.user === '' ? 'not known' : showName(row.user)}</dd>
          </div>
          {row.command !== '' && (
            <div>
              <dt>Command</dt>
              <dd className="deed__command">{showName(row.command)}</dd>
            </div>
          )}
        </dl>
        {deed === 'renice' && (
          <label className="deed__nice">
            Nice value, now {row.nice}
            <input
              type="number"
              min={-20}
              max={19}
              step={1}
              value={nice}
              disabled={progress.step !== 'asking'}
              aria-invalid={wanted === null}
              data-testid="deed-nice"
              onChange={(event) => setNice(event.target.value)}
            />
          </label>
        )}
        <div className="deed__outcome" role="alert" data-testid="deed-outcome">
          {progress.step === 'refused' && (
            <>
              <p>{showName(progress.text)}</p>
              {progress.remedy !== null && <code>{showName(progress.remedy)}</code>}
            </>
          )}
        </div>
        <div className="deed__buttons">
          {progress.step === 'refused' ? (
            <button
              ref={close}
              type="button"
              data-testid="deed-close"
              onClick={() => dialog.current?.close()}
            >
              Close
            </button>
          ) : (
            <>
              <button
                ref={cancel}
                type="button"
                data-testid="deed-cancel"
                onClick={() => dialog.current?.close()}
              >
                Cancel
              </button>
              <button
                type="submit"
                className={words.destructive ? 'danger' : 'primary'}
                disabled={progress.step === 'sent' || wanted === null}
                data-testid="deed-confirm"
              >
                {progress.step === 'sent' ? 'Waiting for the host' : words.verb}
              </button>
            </>
          )}
        </div>
      </form>
    </dialog>
  );
}
