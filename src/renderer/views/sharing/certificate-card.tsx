import { useTopic } from '../../session-context.ts';
import { Copyable } from '../copyable.tsx';
import { formatMoment } from '../format-moment.ts';
import { SectionCard } from '../section-card.tsx';
import { Fingerprint } from './fingerprint.tsx';

/** By what a device knows this machine, and what it cannot know the first time. */
export function CertificateCard() {
  const state = useTopic('access');
  return (
    <SectionCard title="Certificate" area="certificate" width="half" state={state}>
      {({ sharing: { fingerprint, certificateEndsWallMs } }) =>
        fingerprint === null ? (
          <p className="empty">This machine makes its own certificate when sharing is first turned on.</p>
        ) : (
          <>
            <div>
              <h3 className="certificate__what">SHA-256 fingerprint</h3>
              <Copyable text={fingerprint} what="the fingerprint" testId="fingerprint">
                <Fingerprint text={fingerprint} />
              </Copyable>
            </div>
            <p data-testid="first-use">
              The certificate is this machine’s own, so the browser of a new device warns of it, and the first
              visit cannot prove that the device speaks to this machine and to nobody in between. Before you
              go on there, look at the certificate in the browser’s warning: its SHA-256 fingerprint must be
              the one above. If it is another, do not go on.
            </p>
            {certificateEndsWallMs !== null && (
              <p className="quiet">
                Valid until {formatMoment(certificateEndsWallMs)}. It is renewed before that, and devices stay
                paired.
              </p>
            )}
          </>
        )
      }
    </SectionCard>
  );
}
