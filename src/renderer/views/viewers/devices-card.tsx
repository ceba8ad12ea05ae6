import { useState } from 'react';
import type { AccessRaw } from '../../../shared/series/raw/access.ts';
import { t } from '../../../shared/texts/texts.ts';
import { Button } from '../../design/components/button.tsx';
import { useSession, useStatus, useTopic } from '../../session-context.ts';
import { scopeWords } from '../access/scope-words.ts';
import { useAccessMethod } from '../access/use-access-method.ts';
import { Name } from '../name.tsx';
import { RichText } from '../rich-text.tsx';
import { SectionCard } from '../section-card.tsx';
import { showName } from '../show-name.ts';
import { ChangeDeviceDialog } from './change-device-dialog.tsx';
import { describeEnd, describeUse, sortDevices } from './describe-device.ts';
import { RevokeDialog } from './revoke-dialog.tsx';

export type Device = AccessRaw['devices'][number];

interface Intent {
  readonly deed: 'change' | 'revoke';
  readonly device: Device;
}

/** Every device that was let in, until it is sent away. */
export function DevicesCard() {
  const state = useTopic('access');
  const { welcome } = useStatus();
  const { data: diagnostics } = useTopic('diagnostics');
  const change = useAccessMethod('device.change');
  const revoke = useAccessMethod('device.revoke');
  const [intent, setIntent] = useState<Intent | null>(null);
  const nowMs = useSession().store.nowX;
  const ownId = diagnostics?.clients.find(({ id }) => id === welcome?.sessionId)?.tokenId ?? null;
  return (
    <>
      <SectionCard
        title={t('viewers:device.title')}
        area="devices"
        state={state}
        aside={
          state.data && state.data.devices.length > 0 ? (
            <a href="#sharing">{t('viewers:device.another')}</a>
          ) : undefined
        }
      >
        {({ devices }) =>
          devices.length === 0 ? (
            <p className="empty">
              <RichText
                text={t('viewers:device.none')}
                parts={{ sharing: (words) => <a href="#sharing">{words}</a> }}
              />
            </p>
          ) : (
            <ul className="devices" aria-label={t('viewers:device.title')}>
              {sortDevices(devices).map((device) => (
                <li key={device.id} className="device" data-testid="device-row" data-name={device.id}>
                  <div className="device__what">
                    <strong>
                      <Name text={device.name} />
                      {device.id === ownId && <span className="tag">{t('viewers:device.own')}</span>}
                      {device.guest && <span className="tag tag--warn">{t('viewers:device.guest')}</span>}
                    </strong>
                    <span className="device__facts">
                      <span data-testid="device-scope" title={scopeWords(device.scope).meaning}>
                        {scopeWords(device.scope).label}
                      </span>
                      <span className={device.connections > 0 ? 'state' : undefined} data-testid="device-use">
                        {describeUse(device)}
                      </span>
                      <span data-testid="device-end">{describeEnd(device, nowMs)}</span>
                    </span>
                  </div>
                  <div className="device__buttons">
                    {change && (
                      <Button
                        aria-label={t('viewers:change.what', { name: showName(device.name) })}
                        data-testid="device-change"
                        onClick={() => setIntent({ deed: 'change', device })}
                      >
                        {t('viewers:change.verb')}
                      </Button>
                    )}
                    {revoke && (
                      <Button
                        aria-label={t('viewers:revoke.what', { name: showName(device.name) })}
                        data-testid="device-revoke"
                        onClick={() => setIntent({ deed: 'revoke', device })}
                      >
                        {t('viewers:revoke.verb')}
                      </Button>
                    )}
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </SectionCard>
      {intent?.deed === 'change' && change && (
        <ChangeDeviceDialog
          device={intent.device}
          isOwn={intent.device.id === ownId}
          onChange={(wanted) => change({ id: intent.device.id, ...wanted })}
          onClose={() => setIntent(null)}
        />
      )}
      {intent?.deed === 'revoke' && revoke && (
        <RevokeDialog
          device={intent.device}
          isOwn={intent.device.id === ownId}
          onRevoke={() => revoke({ id: intent.device.id })}
          onClose={() => setIntent(null)}
        />
      )}
    </>
  );
}
