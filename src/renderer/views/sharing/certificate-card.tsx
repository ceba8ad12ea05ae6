import { useTopic } from '../../session-context.ts';
import { Copyable } from '../copyable.tsx';
import { formatMoment } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { SectionCard } from '../section-card.tsx';
import { Fingerprint } from './fingerprint.tsx';

/** By what a device knows this machine, and what it cannot know the first time. */
export function CertificateCard() {
  const state = useTopic('access');
  return (
    <SectionCard title={t('sharing:certificate.title')} area="certificate" width="half" state={state}>
      {({ sharing: { fingerprint, certificateEndsWallMs } }) =>
        fingerprint === null ? (
          <p className="empty">{t('sharing:certificate.none')}</p>
        ) : (
          <>
            <div>
              <h3 className="certificate__what">{t('sharing:certificate.fingerprint')}</h3>
              <Copyable
                text={fingerprint}
                what={t('sharing:certificate.theFingerprint')}
                testId="fingerprint"
              >
                <Fingerprint text={fingerprint} />
              </Copyable>
            </div>
            <p data-testid="first-use">{t('sharing:certificate.firstUse')}</p>
            {certificateEndsWallMs !== null && (
              <p className="quiet">
                {t('sharing:certificate.validUntil', { time: formatMoment(certificateEndsWallMs) })}
              </p>
            )}
          </>
        )
      }
    </SectionCard>
  );
}
