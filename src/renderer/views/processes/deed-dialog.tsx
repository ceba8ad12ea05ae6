import { t } from '../../../shared/texts/texts.ts';
import { useState } from 'react';
import type { TableRow } from '../../store/processes/table-row.ts';
import { useSession } from '../../session-context.ts';
import { TextField } from '../../design/components/text-field.tsx';
import { AskDialog } from '../ask-dialog.tsx';
import { showName } from '../show-name.ts';
import { deedRequest, isDestructive, parseNice, type Deed } from './process-actions.ts';

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
  const wanted = parseNice(nice);
  const name =
    row.name === ''
      ? t('processes:deeds.thisProcess')
      : t('processes:deeds.quoted', { name: showName(row.name) });

  return (
    <AskDialog
      title={t(`processes:deeds.${deed}.title`, { name })}
      testId="deed"
      deed={deed}
      verb={t(`processes:deeds.${deed}.verb`)}
      destructive={isDestructive(deed)}
      isWhole={wanted !== null}
      act={() => {
        const { method, params } = deedRequest(deed, row, wanted ?? row.nice);
        return session.request(method, params);
      }}
      onClose={onClose}
    >
      {(step) => (
        <>
          <p>{t(`processes:deeds.${deed}.meaning`)}</p>
          <dl className="dialog__facts">
            <div>
              <dt>{t('processes:deeds.process')}</dt>
              <dd data-testid="deed-name">{showName(row.name)}</dd>
            </div>
            <div>
              <dt>{t('processes:columns.pid')}</dt>
              <dd data-testid="deed-pid">{row.pid}</dd>
            </div>
            <div>
              <dt>{t('processes:columns.user')}</dt>
              <dd data-testid="deed-user">
                {row.user === '' ? t('processes:deeds.userNotKnown') : showName(row.user)}
              </dd>
            </div>
            {row.command !== '' && (
              <div>
                <dt>{t('processes:columns.command')}</dt>
                <dd className="dialog__command">{showName(row.command)}</dd>
              </div>
            )}
          </dl>
          {deed === 'renice' && (
            <TextField
              type="number"
              label={t('processes:deeds.nice', { nice: row.nice })}
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
