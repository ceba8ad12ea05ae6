import { columns } from '../../../shared/series/rings/ring-set.ts';
import { formatBytesPerSecond, formatShare } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { ComparisonCard, type ComparedFigure } from '../comparison-card.tsx';
import { showName } from '../show-name.ts';
import { formatTick } from '../../charts/format-tick.ts';

/** All disks beside one another: what they read and write, and how busy they are. */
export function DisksChartCard() {
  const state = useTopic('disk');
  const devices = state.data?.devices ?? [];
  const traffic = (key: 'read' | 'written'): ComparedFigure => ({
    key,
    label: t(`charts:compare.${key}`),
    column: columns.disk[key],
    measure: 'bytesPerSecond',
    max: { kind: 'bytes', least: 1024 },
    formatTick: (value) => formatTick(formatBytesPerSecond(value)),
  });
  const busy: ComparedFigure = {
    key: 'busy',
    label: t('charts:compare.busy'),
    column: columns.disk.busy,
    measure: 'share',
    max: 1,
    formatTick: (value) => formatTick(formatShare(value)),
  };
  return (
    <ComparisonCard
      title={t('charts:compare.disks')}
      area="disks-chart"
      state={state}
      compared={devices.map(({ name }) => ({ key: name, label: showName(name), ringKey: `disk/${name}` }))}
      figures={[traffic('read'), traffic('written'), busy]}
    />
  );
}
