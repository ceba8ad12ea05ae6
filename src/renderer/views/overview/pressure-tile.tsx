import { formatShare, showText } from '../../../shared/series/units.ts';
import type { PressureShares } from '../../../shared/series/rates/pressure.ts';
import { columns, type RingKey } from '../../../shared/series/rings/ring-set.ts';
import { t } from '../../../shared/texts/texts.ts';
import type { ColorToken } from '../../charts/chart-colors.ts';
import { niceCeiling } from '../../charts/scale.ts';
import { Sparkline } from '../../charts/sparkline.tsx';
import { useTopic } from '../../session-context.ts';
import { Figure } from '../figure.tsx';
import { Tile, TileHero } from './tile.tsx';
import { useExtent, useRangeText } from './use-extent.ts';

const rings = ['cpuPressure', 'memoryPressure', 'diskPressure'] as const;
const measured = rings.map((ringKey) => ({ ringKey, columns: [columns.cpuPressure.some] }));

/** How much of the time something waited: for the processor, for memory, for disks. What was first to wait is what to have more of. */
export function PressureTile() {
  const [cpu, memory, disk] = [useTopic('cpu'), useTopic('memory'), useTopic('disk')];
  const extent = useExtent(measured);
  const range = useRangeText(extent, formatShare);
  const rows: readonly Row[] = [
    { ringKey: 'cpuPressure', label: t('overview:pressure.processor'), color: 'series-user', pressure: cpu.rates?.status === 'ok' ? cpu.rates.pressure : null },
    { ringKey: 'memoryPressure', label: t('overview:pressure.memory'), color: 'series-memory', pressure: memory.rates?.status === 'ok' ? memory.rates.pressure : null },
    { ringKey: 'diskPressure', label: t('overview:pressure.disk'), color: 'series-written', pressure: disk.rates?.status === 'ok' ? disk.rates.pressure : null },
  ]; // prettier-ignore
  const told = rows.filter(({ pressure }) => pressure?.some !== null && pressure?.some !== undefined);
  const most = told.reduce<Row | null>(
    (best, row) => (!best || row.pressure!.some! > best.pressure!.some! ? row : best),
    null,
  );
  const top = niceCeiling(extent?.high ?? 0, 'decimal', 0.05);
  return (
    <Tile title={t('overview:pressure.title')} area="pressure" page="processor" state={cpu} range={range}>
      {() => (
        <>
          <TileHero note={most && t('overview:pressure.waited', { what: most.label })}>
            <Figure
              shown={formatShare(most?.pressure?.some)}
              raw={most?.pressure?.some}
              testId="pressure"
              size="hero"
            />
          </TileHero>
          <ul className="tile__rows tile__rows--even">
            {rows.map(({ ringKey, label, color, pressure }) => (
              <li key={ringKey} className="tile__trend">
                <span className="clip">{label}</span>
                <Sparkline ringKey={ringKey} column={columns.cpuPressure.some} max={top} color={color} />
                <span className="number">{showText(formatShare(pressure?.some))}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Tile>
  );
}

interface Row {
  readonly ringKey: RingKey;
  readonly label: string;
  readonly color: ColorToken;
  readonly pressure: PressureShares | null;
}
