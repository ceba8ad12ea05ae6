import { useState } from 'react';
import type { TableRow } from '../../store/processes/table-row.ts';
import { useSession } from '../../session-context.ts';
import { TextField } from '../../design/components/text-field.tsx';
import { AskDialog } from '../ask-dialog.tsx';
import { showName } from '../show-name.ts';
import { deedRequest, deedWords, parseNice, type Deed } from './process-actions.ts';

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

/** Asks once more before anything is done to a process, naming it with its number and its user. */
export function DeedDialog({ intent: { deed, row }, onClose }: DeedDialogProps) {
  const session = useSession();
  const [nice, setNice] = useState(String(row.nice));
  const words = deedWords[deed];
  const wanted = parseNice(nice);
  const name = row.name === '' ? 'this process' : `“${showName(row.name)}”`;

  return (
    <AskDialog
      title={`${words.verb} ${name}?`}
      testId="deed"
      deed={deed}
      verb={words.verb}
      destructive={words.destructive}
      isWhole={wanted !== null}
      act={() => {
        const { method, params } = deedRequest(deed, row, wanted ?? row.nice);
        return session.request(method, params);
      }}
      onClose={onClose}
    >
      {(step) => (
        <>
          <p>{words.meaning}</p>
          <dl className="dialog__facts">
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
                <dd className="dialog__command">{showName(row.command)}</dd>
              </div>
            )}
          </dl>
          {deed === 'renice' && (
            <TextField
              type="number"
              label={`Nice value, now ${row.nice}`}
              value={nice}
              onChange={setNice}
              min={-20}
              max={19}
              step={1}
              disabled={step !== 'asking'}
              aria-invalid={wanted === null}
              testId="deed-nice"
            />
          )}
        </>
      )}
    </AskDialog>
  );
}
