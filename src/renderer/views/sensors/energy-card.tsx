import { formatMeasured, formatWithPrefix, showText } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { describeGap } from '../../store/figures.ts';
import { FactGrid, FactTile } from '../facts.tsx';
import { Remedy } from '../remedy.tsx';
import { SectionCard } from '../section-card.tsx';
import { showName } from '../show-name.ts';

/** The power that the processor and its neighbours draw, by their energy counters. */
export function EnergyCard() {
  const state = useTopic('sensor');
  const { rates } = state;
  return (
    <SectionCard title={t('sensors:energy.title')} area="energy" width="half" state={state}>
      {({ energies, energyRemedy }) => (
        <>
          {energyRemedy !== null && (
            <div className="notice notice--inline" role="status">
              <strong>{t('sensors:energy.notPermitted')}</strong>
              <Remedy text={energyRemedy} />
            </div>
          )}
          {energies.length === 0 && energyRemedy === null && (
            <p className="empty">{t('sensors:energy.none')}</p>
          )}
          <FactGrid>
            {energies.map(({ id, label, joules }) => {
              const rated = rates?.status === 'ok' ? rates.watts.get(id) : undefined;
              const watts = rated?.status === 'ok' ? rated.watts : null;
              const gap =
                rated?.status === 'gap' ? rated.reason : rates?.status === 'gap' ? rates.reason : 'missing';
              return (
                <FactTile
                  key={id}
                  label={showName(label)}
                  isNamed
                  testId="watts"
                  shown={formatMeasured(watts, 'W')}
                  raw={watts}
                  reason={describeGap(gap)}
                  note={t('inAll', { sum: showText(formatWithPrefix(joules, 'J')) })}
                />
              );
            })}
          </FactGrid>
        </>
      )}
    </SectionCard>
  );
}
