import { useEffect, useId, useRef, useState, type SubmitEvent } from 'react';
import { formatPairingCode, isWholeCode } from '../../../client/pairing-client.ts';
import { Button } from '../../design/components/button.tsx';
import { Dialog } from '../../design/components/dialog.tsx';
import { TextField } from '../../design/components/text-field.tsx';
import { PairingWaiting } from '../pairing/pairing-waiting.tsx';
import { showName } from '../show-name.ts';
import { Fingerprint } from './fingerprint.tsx';
import { formatFingerprint } from './group-fingerprint.ts';
import { nearbyPart } from './nearby-part.ts';
import type { Watching } from './use-watch-host.ts';

/** Asks for the address of another host and the code that it shows, and has it watched in a window of the app. */
export function WatchForm({ watching: { state, watch, cancel } }: { readonly watching: Watching }) {
  const [url, setUrl] = useState('');
  const [code, setCode] = useState('');
  const address = useRef<HTMLInputElement>(null);
  const codeField = useRef<HTMLInputElement>(null);
  const outcomeId = useId();
  const isBusy = state.step === 'waiting';
  const isWhole = url.trim() !== '' && (code === '' || isWholeCode(code));

  useComing(address);

  const neededFor = state.step === 'codeNeeded' ? state.url : null;
  const [askedFor, setAskedFor] = useState<string | null>(null);
  if (neededFor !== askedFor) {
    setAskedFor(neededFor);
    if (neededFor !== null) setUrl(neededFor);
  }
  useEffect(() => {
    if (neededFor !== null) codeField.current?.focus();
  }, [neededFor]);

  const ask = (accepted?: string): void =>
    watch(
      {
        url: url.trim(),
        ...(code !== '' && { code }),
        ...(accepted !== undefined && { acceptedFingerprint: accepted }),
      },
      () => setCode(''),
    );
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isWhole || isBusy) return;
    ask();
  };

  return (
    <form className="watch-form" data-testid="watch-form" onSubmit={submit}>
      <h3>Watch another host</h3>
      <p className="quiet">
        In a window of this app. The first time it takes a code from that host’s page of sharing. Its
        certificate is remembered then; that first time cannot prove whose it is.
      </p>
      <TextField
        ref={address}
        label="Address"
        value={url}
        onChange={setUrl}
        maxLength={300}
        placeholder="https://box.local:9740"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        disabled={isBusy}
        aria-describedby={outcomeId}
        isCode
        testId="watch-address"
      />
      <TextField
        ref={codeField}
        label="Code"
        value={code}
        onChange={(typed) => setCode(formatPairingCode(typed))}
        placeholder="XXXX-XXXX"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        disabled={isBusy}
        aria-describedby={outcomeId}
        isCode
        testId="watch-code"
      />
      <Button
        type="submit"
        variant="primary"
        data-testid="watch-submit"
        disabled={!isWhole}
        isLoading={isBusy}
      >
        Watch
      </Button>
      <div className="dialog__outcome" role="alert" id={outcomeId} data-testid="watch-outcome">
        {state.step === 'failed' && <p>{showName(state.message)}</p>}
        {state.step === 'otherCertificate' && url.trim() === state.url && (
          <OtherCertificate pinned={state.pinned} shown={state.shown} onAccept={() => ask(state.shown)} />
        )}
        {state.step === 'codeNeeded' && <p>Enter the code that this host shows on its page of sharing.</p>}
      </div>
      {state.step === 'waiting' && state.key !== null && (
        <WaitingDialog pairingKey={state.key} onCancel={cancel} />
      )}
    </form>
  );
}

/** Comes to the form where the address leads to it, and leaves the address so that it can lead here again. */
function useComing(field: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const come = (): void => {
      if (location.hash !== `#${nearbyPart}`) return;
      history.replaceState(null, '', '#sharing');
      // After the page's own coming, which begins at its top.
      requestAnimationFrame(() => {
        field.current?.scrollIntoView({ block: 'center' });
        field.current?.focus({ preventScroll: true });
      });
    };
    come();
    window.addEventListener('hashchange', come);
    return () => window.removeEventListener('hashchange', come);
  }, [field]);
}

interface OtherCertificateProps {
  readonly pinned: string;
  readonly shown: string;
  readonly onAccept: () => void;
}

/** A host renews its certificate; so does whoever stands between. Only its user can tell. */
function OtherCertificate({ pinned, shown, onAccept }: OtherCertificateProps) {
  return (
    <div className="watch-form__certificate" data-testid="other-certificate">
      <p>This host shows another certificate than before. Nothing was sent to it.</p>
      <p>
        Before: <Fingerprint text={formatFingerprint(pinned)} />
      </p>
      <p>
        Now: <Fingerprint text={formatFingerprint(shown)} />
      </p>
      <p>
        A host renews its certificate from time to time. Go on only if the fingerprint on its own page of
        sharing is the new one; if it is not, somebody stands between.
      </p>
      <Button data-testid="accept-certificate" onClick={onAccept}>
        They are the same: go on
      </Button>
    </div>
  );
}

interface WaitingDialogProps {
  readonly pairingKey: string;
  readonly onCancel: () => void;
}

/** Leaving it, by its button or by Escape, is giving up. */
function WaitingDialog({ pairingKey, onCancel }: WaitingDialogProps) {
  return (
    <Dialog
      title="Waiting for the other host"
      onClose={onCancel}
      closesOutside={false}
      size="small"
      testId="watch-waiting"
    >
      <PairingWaiting pairingKey={pairingKey} onCancel={onCancel} />
    </Dialog>
  );
}
