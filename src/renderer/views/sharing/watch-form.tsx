import { useCallback, useEffect, useId, useRef, useState, type SubmitEvent } from 'react';
import type { LinkedHost } from '../../../shared/protocol/ipc-channels.ts';
import { t } from '../../../shared/texts/texts.ts';
import { formatPairingCode, isWholeCode } from '../../../client/pairing-client.ts';
import { Button } from '../../design/components/button.tsx';
import { Dialog } from '../../design/components/dialog.tsx';
import { TextField } from '../../design/components/text-field.tsx';
import { findBridge } from '../../transport/find-bridge.ts';
import { HostText } from '../host-text.tsx';
import { PairingWaiting } from '../pairing/pairing-waiting.tsx';
import { RichText } from '../rich-text.tsx';
import { Fingerprint } from './fingerprint.tsx';
import { formatFingerprint } from './group-fingerprint.ts';
import { nearbyPart } from './nearby-part.ts';
import type { Watching } from './use-watch-host.ts';

/** Shape of an address, in no language. */
const exampleAddress = 'https://box.local:9740';

/** Asks for the address of another host and the code that it shows, and has it watched in a window of the app. */
export function WatchForm({ watching: { state, watch, cancel } }: { readonly watching: Watching }) {
  const [url, setUrl] = useState('');
  const [code, setCode] = useState('');
  const address = useRef<HTMLInputElement>(null);
  const codeField = useRef<HTMLInputElement>(null);
  const linkNote = useRef<HTMLParagraphElement>(null);
  /** What a link has filled in, as long as nobody has changed it; another link is another object. */
  const [linked, setLinked] = useState<LinkedHost | null>(null);
  const outcomeId = useId();
  const isBusy = state.step === 'waiting';
  const isWhole = url.trim() !== '' && (code === '' || isWholeCode(code));

  const come = useCallback(async () => {
    const taken = await findBridge()?.invoke('takeLinkedHost');
    if (!taken) {
      comeTo(address.current);
      return;
    }
    setUrl(taken.host);
    setCode(taken.code ?? '');
    setLinked(taken);
  }, []);
  useComing(come);
  useEffect(() => {
    // Not to a field: a key that was pressed for something else must not send what somebody else has filled in.
    if (linked) comeTo(linkNote.current);
  }, [linked]);

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
  const edit = (take: () => void): void => {
    setLinked(null);
    take();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isWhole || isBusy) return;
    setLinked(null);
    ask();
  };

  return (
    <form className="watch-form" data-testid="watch-form" onSubmit={submit}>
      <h3>{t('sharing:watch.title')}</h3>
      <p className="quiet">{t('sharing:watch.meaning')}</p>
      {linked && (
        <p
          ref={linkNote}
          className="notice notice--inline"
          role="status"
          tabIndex={-1}
          data-testid="watch-linked"
        >
          {t('sharing:watch.linked')}
        </p>
      )}
      <TextField
        ref={address}
        label={t('address')}
        value={url}
        onChange={(typed) => edit(() => setUrl(typed))}
        maxLength={300}
        placeholder={exampleAddress}
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
        label={t('code')}
        value={code}
        onChange={(typed) => edit(() => setCode(formatPairingCode(typed)))}
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
        {t('sharing:watch.verb')}
      </Button>
      <div className="dialog__outcome" role="alert" id={outcomeId} data-testid="watch-outcome">
        {state.step === 'failed' && (
          <p>{state.message === null ? t('sharing:watch.noAddress') : <HostText text={state.message} />}</p>
        )}
        {state.step === 'otherCertificate' && url.trim() === state.url && (
          <OtherCertificate pinned={state.pinned} shown={state.shown} onAccept={() => ask(state.shown)} />
        )}
        {state.step === 'codeNeeded' && <p>{t('sharing:watch.codeNeeded')}</p>}
      </div>
      {state.step === 'waiting' && state.key !== null && (
        <WaitingDialog pairingKey={state.key} onCancel={cancel} />
      )}
    </form>
  );
}

/** Comes where the address leads to the form, and leaves the address so that it can lead here again. */
function useComing(onCome: () => Promise<void>): void {
  useEffect(() => {
    const come = (): void => {
      if (location.hash !== `#${nearbyPart}`) return;
      history.replaceState(null, '', '#sharing');
      void onCome();
    };
    come();
    window.addEventListener('hashchange', come);
    return () => window.removeEventListener('hashchange', come);
  }, [onCome]);
}

/** After the page's own coming, which begins at its top. */
function comeTo(element: HTMLElement | null): void {
  requestAnimationFrame(() => {
    element?.scrollIntoView({ block: 'center' });
    element?.focus({ preventScroll: true });
  });
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
      <p>{t('sharing:watch.otherCertificate')}</p>
      <p>
        <RichText
          text={t('sharing:watch.before')}
          parts={{ fingerprint: () => <Fingerprint text={formatFingerprint(pinned)} /> }}
        />
      </p>
      <p>
        <RichText
          text={t('sharing:watch.now')}
          parts={{ fingerprint: () => <Fingerprint text={formatFingerprint(shown)} /> }}
        />
      </p>
      <p>{t('sharing:watch.renewal')}</p>
      <Button data-testid="accept-certificate" onClick={onAccept}>
        {t('sharing:watch.accept')}
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
      title={t('sharing:watch.waiting')}
      onClose={onCancel}
      closesOutside={false}
      size="small"
      testId="watch-waiting"
    >
      <PairingWaiting pairingKey={pairingKey} onCancel={onCancel} />
    </Dialog>
  );
}
