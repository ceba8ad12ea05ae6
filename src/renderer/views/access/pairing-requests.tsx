import { useState } from 'react';
import type { Demand } from '../../../client/connection-manager.ts';
import type { AccessRaw } from '../../../shared/series/raw/access.ts';
import { t } from '../../../shared/texts/texts.ts';
import { Button } from '../../design/components/button.tsx';
import { useDemands, useTopic } from '../../session-context.ts';
import { showName } from '../show-name.ts';
import { AdmitDialog } from './admit-dialog.tsx';
import { useAccessMethod } from './use-access-method.ts';

export type PairingRequest = AccessRaw['pairing']['requests'][number];

/** Whoever may let devices in hears of one that asks whatever page is shown. */
const accessDemands: readonly Demand[] = [{ topics: ['access'], intervalMs: 1_000 }];

/** What was done about a request here; the host may not have said yet that it is over. */
type Handled = ReadonlyMap<string, 'answered' | 'putOff'>;

/**
 * Devices that wait to be let in: one after the other in a dialog, and what was put off in a bar above the page until
 * it is answered or gives up.
 */
export function PairingRequests() {
  useDemands('access', accessDemands);
  const { data } = useTopic('access');
  const answer = useAccessMethod('pairing.answer');
  const [shown, setShown] = useState<PairingRequest | null>(null);
  const [handled, setHandled] = useState<Handled>(new Map());
  const requests = data?.pairing.requests ?? [];
  const next = requests.find(({ id }) => !handled.has(id));
  if (!shown && next && answer) setShown(next);
  const putOff = requests.filter(({ id }) => handled.get(id) === 'putOff');

  if (!answer) return null;
  return (
    <>
      {putOff.length > 0 && (
        <div className="asking" role="status" data-testid="asking">
          <span>{t('access:asking.waiting', { count: putOff.length, name: showName(putOff[0]!.name) })}</span>
          <Button
            data-testid="asking-answer"
            onClick={() => setHandled(new Map([...handled].filter(([, how]) => how === 'answered')))}
          >
            {t('access:asking.answer')}
          </Button>
        </div>
      )}
      {shown && (
        <AdmitDialog
          key={shown.id}
          request={requests.find(({ id }) => id === shown.id) ?? shown}
          isWaiting={requests.some(({ id }) => id === shown.id)}
          othersWaiting={requests.filter(({ id }) => id !== shown.id && !handled.has(id)).length}
          onAnswer={(given) => answer({ requestId: shown.id, ...given })}
          onClose={(answered) => {
            setHandled(new Map(handled).set(shown.id, answered ? 'answered' : 'putOff'));
            setShown(null);
          }}
        />
      )}
    </>
  );
}
