import type { BatteryRaw } from '../../../shared/series/raw/power.ts';
import { formatDuration, formatMeasured, formatShare } from '../../../shared/series/units.ts';
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
      title="Batteries"
      area="batteries"
      width="half"
      state={state}
      aside={onBattery === null ? undefined : onBattery ? 'running on battery' : 'on mains'}
    >
      {({ batteries }) =>
        batteries.length === 0 ? (
          <p className="empty">This machine has no battery.</p>
        ) : (
          batteries.map((battery) => <Battery key={battery.name} battery={battery} />)
        )
      }
    </SectionCard>
  );
}

const words: Readonly<Record<BatteryRaw['status'], string>> = {
  charging: 'charging',
  discharging: 'in use',
  full: 'full',
  notCharging: 'not charging',
  unknown: 'state not told',
};

function Battery({ battery }: { readonly battery: BatteryRaw }) {
  const { name, model, status, charge, fullWattHours, designWattHours } = battery;
  const health = fullWattHours !== null && designWattHours ? fullWattHours / designWattHours : null;
  const seconds = status === 'charging' ? battery.secondsToFull : battery.secondsToEmpty;
  return (
    <article className="group" data-testid="battery" data-name={name} aria-label={showName(name)}>
      <p className="hero">
        <Figure shown={formatShare(charge)} raw={charge} testId="charge" size="hero" />
        <span className="hero__note">
          <Name text={model ?? name} /> · {words[status]}
        </span>
      </p>
      <FactGrid>
        <FactTile
          label={status === 'charging' ? 'Full in' : 'Empty in'}
          testId="time-left"
          shown={{ value: formatDuration(seconds), unit: '' }}
          raw={seconds}
          reason={status === 'full' || status === 'notCharging' ? 'it is not in use' : 'not told here'}
        />
        <FactTile
          label="Power"
          testId="battery-power"
          shown={formatMeasured(battery.powerWatts, 'W')}
          raw={battery.powerWatts}
        />
        <FactTile
          label="Energy"
          testId="battery-energy"
          shown={formatMeasured(battery.energyWattHours, 'Wh')}
          raw={battery.energyWattHours}
        />
        <ShareTile
          label="Health"
          testId="battery-health"
          raw={health}
          note="of when it was new"
          alarming={health !== null && health < 0.6}
        />
        <CountTile label="Cycles" testId="battery-cycles" raw={battery.cycles} />
        <FactTile
          label="Voltage"
          testId="battery-voltage"
          shown={formatMeasured(battery.voltageVolts, 'V')}
          raw={battery.voltageVolts}
        />
      </FactGrid>
    </article>
  );
}
