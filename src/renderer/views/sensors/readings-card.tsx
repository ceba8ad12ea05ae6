import { sensorKinds } from '../../../shared/series/raw/sensor.ts';
import { formatMeasured, showText } from '../../../shared/series/units.ts';
import { ChartSpan } from '../../charts/chart-span.tsx';
import { Sparkline } from '../../charts/sparkline.tsx';
import { useTopic } from '../../session-context.ts';
import { columns } from '../../../shared/series/rings/ring-set.ts';
import { t } from '../../../shared/texts/texts.ts';
import { Figure } from '../figure.tsx';
import { Name } from '../name.tsx';
import { SectionCard } from '../section-card.tsx';
import { showName } from '../show-name.ts';
import { judgeSensor, sensorUnits, type SensorReading } from './describe-sensor.ts';

/** Every sensor of the machine, by kind, with its course where that tells something. */
export function ReadingsCard() {
  const state = useTopic('sensor');
  return (
    <SectionCard title={t('sensors:title')} area="sensors" state={state} aside={<ChartSpan />}>
      {({ sensors }) => (
        <>
          {sensors.length === 0 && <p className="empty">{t('sensors:none')}</p>}
          {sensorKinds.map((kind) => {
            const own = sensors.filter((sensor) => sensor.kind === kind);
            if (own.length === 0) return null;
            return (
              <section key={kind} className="group" aria-label={t(`sensors:kind.${kind}`)}>
                <h3>{t(`sensors:kind.${kind}`)}</h3>
                <ul className="readings">
                  {own.map((sensor) => (
                    <Reading key={sensor.id} sensor={sensor} />
                  ))}
                </ul>
              </section>
            );
          })}
        </>
      )}
    </SectionCard>
  );
}

/** Kinds whose course tells something; voltages stand still. */
const moving: ReadonlySet<SensorReading['kind']> = new Set(['temperature', 'power', 'current']);

function Reading({ sensor }: { readonly sensor: SensorReading }) {
  const { id, chip, label, kind, value, high, critical } = sensor;
  const unit = sensorUnits[kind];
  const verdict = judgeSensor(sensor);
  const limits = [
    high === null ? null : t('sensors:limit.highFrom', { limit: showText(formatMeasured(high, unit)) }),
    critical === null
      ? null
      : t('sensors:limit.criticalFrom', { limit: showText(formatMeasured(critical, unit)) }),
  ].filter((limit) => limit !== null);
  return (
    <li
      className="reading"
      data-testid="sensor"
      data-name={id}
      data-verdict={verdict}
      title={limits.join(', ')}
    >
      <span className="reading__label">
        <Name text={label} title={`${label} (${chip})`} />
        <span className="quiet" translate="no">
          {showName(chip)}
        </span>
      </span>
      <span className="reading__chart">
        {moving.has(kind) && (
          <Sparkline
            ringKey={`sensor/${id}`}
            column={columns.sensor.value}
            max={critical ?? high ?? fullScale(kind, value)}
            color="series-user"
          />
        )}
      </span>
      <Figure shown={formatMeasured(value, unit)} raw={value} testId="sensor-value" />
      <span className="reading__limit quiet">
        {verdict === 'sound'
          ? (high ?? critical) !== null &&
            t('ofWhole', { whole: showText(formatMeasured(high ?? critical, unit)) })
          : t(`sensors:verdict.${verdict}`)}
      </span>
    </li>
  );
}

/** Top of the line's scale where the chip names no limit. */
function fullScale(kind: SensorReading['kind'], value: number): number {
  return kind === 'temperature' || kind === 'humidity' ? 100 : Math.max(1, value * 1.5);
}
