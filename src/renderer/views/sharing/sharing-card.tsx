import { useId } from 'react';
import type { AccessRaw } from '../../../shared/series/raw/access.ts';
import { useTopic } from '../../session-context.ts';
import { findBridge } from '../../transport/find-bridge.ts';
import { useAccessMethod } from '../access/use-access-method.ts';
import { Button } from '../../design/components/button.tsx';
import { Checkbox } from '../../design/components/checkbox.tsx';
import { Switch } from '../../design/components/switch.tsx';
import { Copyable } from '../copyable.tsx';
import { DeedOutcome } from '../deed-outcome.tsx';
import { Name } from '../name.tsx';
import { SectionCard } from '../section-card.tsx';
import { showName } from '../show-name.ts';

import { useDeed } from '../use-deed.ts';
import { isPlainUrl } from './is-plain-url.ts';
import { useWanted } from './use-wanted.ts';

type Sharing = AccessRaw['sharing'];

/** Whether others on the network can watch this machine, where, and how. */
export function SharingCard() {
  const state = useTopic('access');
  return (
    <SectionCard title="Sharing" area="sharing" width="half" state={state}>
      {({ sharing }) => (
        <>
          <SharingSwitch sharing={sharing} />
          {sharing.state === 'on' && <Addresses sharing={sharing} />}
          <PlainHttpChoice sharing={sharing} />
        </>
      )}
    </SectionCard>
  );
}

const stateWords: Readonly<Record<Sharing['state'], string>> = {
  off: 'Off: only this machine itself can watch.',
  starting: 'Starting …',
  on: 'On: devices that you let in can watch.',
  failed: 'It could not be turned on.',
};

function SharingSwitch({ sharing }: { readonly sharing: Sharing }) {
  const { state, message } = sharing;
  const set = useAccessMethod('sharing.set');
  const openCode = useAccessMethod('pairing.open');
  const [progress, run] = useDeed();
  const meaningId = useId();
  const [isOn, want] = useWanted(state === 'on' || state === 'starting', progress);
  const isBusy = progress.step === 'sent' || state === 'starting';

  const change = (enabled: boolean): void => {
    if (!set) return;
    want(enabled);
    run(async () => {
      await set({ enabled });
      if (enabled) await openCode?.({});
    });
  };

  return (
    <>
      {set ? (
        <Switch
          label="Share on the LAN"
          size="large"
          isOn={isOn}
          disabled={isBusy}
          testId="sharing-switch"
          describedBy={meaningId}
          onChange={change}
        />
      ) : (
        <h3>Share on the LAN</h3>
      )}
      <p className="sharing__state" role="status" data-testid="sharing-state" data-state={state}>
        {stateWords[state]}
      </p>
      <p className="quiet" id={meaningId}>
        Devices on your network can then watch this machine in a browser. Each is let in by you, sees only
        what you choose for it, and can be sent away on the page <a href="#viewers">Viewers</a>. Nothing goes
        through the internet.
        {isOn && !findBridge() && ' Turning it off may end this page’s own connection.'}
      </p>
      {message !== null && (
        <div className="notice notice--inline" role="status" data-testid="sharing-message">
          <p>{showName(message)}</p>
          {state === 'failed' && set && (
            <Button disabled={isBusy} data-testid="sharing-again" onClick={() => change(true)}>
              Try again
            </Button>
          )}
        </div>
      )}
      <DeedOutcome progress={progress} testId="sharing-outcome" />
    </>
  );
}

function Addresses({ sharing: { urls, announcedAs } }: { readonly sharing: Sharing }) {
  return (
    <div className="sharing__addresses">
      <h3>{urls.length === 1 ? 'Address' : 'Addresses'}</h3>
      {urls.length === 0 && (
        <p className="notice notice--inline" role="status" data-testid="no-address">
          This machine has no address on a network. Connect it to one; its address then appears here.
        </p>
      )}
      <ul>
        {urls.map((url) => (
          <li key={url}>
            <Copyable text={url} what={`the address ${url}`} testId="sharing-url" />
            {isPlainUrl(url) && <span className="tag tag--warn">not encrypted</span>}
          </li>
        ))}
      </ul>
      <p className="quiet" data-testid="announced">
        {announcedAs === null ? (
          'It is not announced on the network: devices need the address.'
        ) : (
          <>
            Announced on the network as <Name text={announcedAs} />.
          </>
        )}
      </p>
    </div>
  );
}

function PlainHttpChoice({ sharing: { plainHttp, state } }: { readonly sharing: Sharing }) {
  const set = useAccessMethod('sharing.set');
  const [progress, run] = useDeed();
  const [isPlain, want] = useWanted(plainHttp, progress);
  return (
    <div className="sharing__plain">
      {set && (
        <Checkbox
          label="Also without encryption (plain HTTP)"
          description="For devices that refuse the certificate. They can look, and do nothing else."
          isChecked={isPlain}
          onChange={(isChecked) => {
            want(isChecked);
            run(() => set({ plainHttp: isChecked }));
          }}
          disabled={progress.step === 'sent' || state === 'starting'}
          isFramed
          testId="plain-http"
        />
      )}
      {plainHttp && (
        <p className="notice notice--inline" role="status" data-testid="plain-http-warning">
          <strong>Plain HTTP is allowed.</strong> Anybody on the network can read what such a device is sent,
          and the token that lets it in.
        </p>
      )}
      <DeedOutcome progress={progress} testId="plain-http-outcome" />
    </div>
  );
}
