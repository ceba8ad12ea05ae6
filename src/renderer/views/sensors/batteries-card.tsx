import type { BatteryRaw } from '../../../shared/series/raw/power.ts';
import { formatDuration, formatMeasured, formatShare } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { CountTile, FactGrid, FactTile, ShareTile } from '../facts.tsx';
import { Figure } from '../figure.tsx';
import { Name } from '../name.tsx';
import { SectionCard } from '../section-card.tsx';
import { showName } from '../show-name.ts';

/** Batteries with their charge, their time and their health. */
export function BatteriesCard() {
  const state = useTopic('power');
  const onBattery = state.data?.onBattery ?? null;
  return (
    <SectionCard
      title={t('sensors:battery.title')}
      area="batteries"
      width="half"
      state={state}
      aside={
        onBattery === null
          ? undefined
          : onBattery
            ? t('sensors:battery.onBattery')
            : t('sensors:battery.onMains')
      }
    >
      {({ batteries }) =>
        batteries.length === 0 ? (
          <p className="empty">{t('sensors:battery.none')}</p>
        ) : (
          batteries.map((battery) => <Battery key={battery.name} battery={battery} />)
        )
      }
    </SectionCard>
  );
}

function Battery({ battery }: { readonly battery: BatteryRaw }) {
  const { name, model, status, charge, fullWattHours, designWattHours } = battery;
  const health = fullWattHours !== null && designWattHours ? fullWattHours / designWattHours : null;
  const seconds = status === 'charging' ? battery.secondsToFull : battery.secondsToEmpty;
  return (
    <article className="group" data-testid="battery" data-name={name} aria-label={showName(name)}>
      <p className="hero">
        <Figure shown={formatShare(charge)} raw={charge} testId="charge" size="hero" />
        <span className="hero__note">
          <Name text={model ?? name} /> · {t(`sensors:battery.${status}`)}
        </span>
      </p>
      <FactGrid>
        <FactTile
          label={status === 'charging' ? t('sensors:battery.fullIn') : t('sensors:battery.emptyIn')}
          testId="time-left"
          shown={{ value: formatDuration(seconds), unit: '' }}
          raw={seconds}
          reason={
            status === 'full' || status === 'notCharging' ? t('sensors:battery.notInUse') : t('notTold')
          }
        />
        <FactTile
          label={t('power')}
          testId="battery-power"
          shown={formatMeasured(battery.powerWatts, 'W')}
          raw={battery.powerWatts}
        />
        <FactTile
          label={t('sensors:battery.energy')}
          testId="battery-energy"
          shown={formatMeasured(battery.energyWattHours, 'Wh')}
          raw={battery.energyWattHours}
        />
        <ShareTile
          label={t('sensors:battery.health')}
          testId="battery-health"
          raw={health}
          note={t('sensors:battery.healthNote')}
          alarming={health !== null && health < 0.6}
        />
        <CountTile label={t('sensors:battery.cycles')} testId="battery-cycles" raw={battery.cycles} />
        <FactTile
          label={t('sensors:battery.voltage')}
          testId="battery-voltage"
          shown={formatMeasured(battery.voltageVolts, 'V')}
          raw={battery.voltageVolts}
        />
      </FactGrid>
    </article>
  );
}
