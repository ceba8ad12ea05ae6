import type { Demand } from '../../../client/connection-manager.ts';
import { formatDuration, formatShare, formatTemperature, showText } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { Icon, type IconName } from '../../design/components/icon.tsx';
import { useDemands, useTopic } from '../../session-context.ts';
import { pickCharge, pickWarmth } from './pick-vitals.ts';

const demands: readonly Demand[] = [
  { topics: ['sensor'], intervalMs: 2_000 },
  { topics: ['power', 'host'], intervalMs: 5_000 },
];

/** How warm the machine is, what its batteries hold and since when it runs, as far as it says so. One line, always. */
export function QuickVitals() {
  useDemands('quick-vitals', demands);
  const [sensor, power, host] = [useTopic('sensor').data, useTopic('power').data, useTopic('host').data];
  const warmth = sensor && pickWarmth(sensor);
  const charge = power && pickCharge(power);
  return (
    <div className="quick__vitals" data-testid="quick-vitals">
      {warmth && (
        <Vital
          icon="sensor"
          label={t(warmth.isProcessor ? 'quick:vital.processorTemperature' : 'quick:vital.warmest')}
          value={showText(formatTemperature(warmth.celsius))}
          isAlert={warmth.isHigh}
        />
      )}
      {charge && (
        <Vital
          icon={charge.isDischarging ? 'battery' : 'energy'}
          label={t(charge.isDischarging ? 'quick:vital.battery' : 'quick:vital.plugged')}
          value={showText(formatShare(charge.share))}
          isAlert={charge.isDischarging && charge.share < 0.1}
        />
      )}
      {host && (
        <Vital icon="clock" label={t('quick:vital.uptime')} value={formatDuration(host.uptimeSeconds)} />
      )}
    </div>
  );
}

interface VitalProps {
  readonly icon: IconName;
  readonly label: string;
  readonly value: string;
  readonly isAlert?: boolean;
}

function Vital({ icon, label, value, isAlert = false }: VitalProps) {
  return (
    <span className={isAlert ? 'quick__vital is-alert' : 'quick__vital'} title={label}>
      <Icon name={icon} size={14} />
      <span className="visually-hidden">{label}</span>
      {value}
      {isAlert && <span className="visually-hidden">, {t('quick:vital.high')}</span>}
    </span>
  );
}
