import { columns } from '../../../shared/series/rings/ring-set.ts';
import { formatTrafficPerSecond } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { sortInterfaces } from '../../store/figures.ts';
import { ComparisonCard, type ComparedFigure } from '../comparison-card.tsx';
import { showName } from '../show-name.ts';
import { formatTick } from '../../charts/format-tick.ts';

/** All interfaces beside one another: what comes in and what goes out. */
export function InterfacesChartCard() {
  const state = useTopic('network');
  const interfaces = sortInterfaces(state.data?.interfaces ?? []);
  const traffic = (key: 'rx' | 'tx'): ComparedFigure => ({
    key,
    label: t(`charts:compare.${key}`),
    column: columns.network[key],
    measure: 'traffic',
    max: { kind: 'traffic', least: 1024 },
    formatTick: (value) => formatTick(formatTrafficPerSecond(value)),
  });
  return (
    <ComparisonCard
      title={t('charts:compare.interfaces')}
      area="interfaces-chart"
      state={state}
      compared={interfaces.map(({ name }) => ({
        key: name,
        label: showName(name),
        ringKey: `network/${name}`,
      }))}
      figures={[traffic('rx'), traffic('tx')]}
    />
  );
}
