import { useId } from 'react';
import type { AccessRaw } from '../../../shared/series/raw/access.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { findBridge } from '../../transport/find-bridge.ts';
import { useAccessMethod } from '../access/use-access-method.ts';
import { Button } from '../../design/components/button.tsx';
import { Checkbox } from '../../design/components/checkbox.tsx';
import { Switch } from '../../design/components/switch.tsx';
import { Copyable } from '../copyable.tsx';
import { DeedOutcome } from '../deed-outcome.tsx';
import { HostText } from '../host-text.tsx';
import { Name } from '../name.tsx';
import { RichText } from '../rich-text.tsx';
import { SectionCard } from '../section-card.tsx';
import { useDeed } from '../use-deed.ts';
import { isPlainUrl } from './is-plain-url.ts';
import { useWanted } from './use-wanted.ts';

type Sharing = AccessRaw['sharing'];

/** Whether others on the network can watch this machine, where, and how. */
export function SharingCard() {
  const state = useTopic('access');
  return (
    <SectionCard title={t('sharing:title')} area="sharing" width="half" state={state}>
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
          label={t('sharing:switch')}
          size="large"
          isOn={isOn}
          disabled={isBusy}
          testId="sharing-switch"
          describedBy={meaningId}
          onChange={change}
        />
      ) : (
        <h3>{t('sharing:switch')}</h3>
      )}
      <p className="sharing__state" role="status" data-testid="sharing-state" data-state={state}>
        {t(`sharing:state.${state}`)}
      </p>
      <p className="quiet" id={meaningId}>
        <RichText text={t('sharing:meaning')} parts={{ page: (words) => <a href="#viewers">{words}</a> }} />
        {isOn && !findBridge() && ` ${t('sharing:endsOwn')}`}
      </p>
      {message !== null && (
        <div className="notice notice--inline" role="status" data-testid="sharing-message">
          <p>
            <HostText text={message} />
          </p>
          {state === 'failed' && set && (
            <Button disabled={isBusy} data-testid="sharing-again" onClick={() => change(true)}>
              {t('sharing:tryAgain')}
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
      <h3>{t('sharing:addresses', { count: urls.length })}</h3>
      {urls.length === 0 && (
        <p className="notice notice--inline" role="status" data-testid="no-address">
          {t('sharing:noAddress')}
        </p>
      )}
      <ul>
        {urls.map((url) => (
          <li key={url}>
            <Copyable text={url} what={t('sharing:theAddress', { url })} testId="sharing-url" />
            {isPlainUrl(url) && <span className="tag tag--warn">{t('sharing:plain.tag')}</span>}
          </li>
        ))}
      </ul>
      <p className="quiet" data-testid="announced">
        {announcedAs === null ? (
          t('sharing:notAnnounced')
        ) : (
          <RichText text={t('sharing:announcedAs')} parts={{ name: () => <Name text={announcedAs} /> }} />
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
          label={t('sharing:plain.label')}
          description={t('sharing:plain.meaning')}
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
          <RichText
            text={t('sharing:plain.warning')}
            parts={{ strong: (words) => <strong>{words}</strong> }}
          />
        </p>
      )}
      <DeedOutcome progress={progress} testId="plain-http-outcome" />
    </div>
  );
}
