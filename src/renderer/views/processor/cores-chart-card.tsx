import { columns } from '../../../shared/series/rings/ring-set.ts';
import { formatShare, formatWithPrefix, showText } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { ComparisonCard, type ComparedFigure } from '../comparison-card.tsx';
import { formatTick } from '../../charts/format-tick.ts';

/** All cores beside one another: how busy, and where it is told at what frequency. */
export function CoresChartCard() {
  const state = useTopic('cpu');
  const cores = state.data?.cores ?? [];
  const busy: ComparedFigure = {
    key: 'busy',
    label: t('charts:compare.busy'),
    column: columns.core.used,
    measure: 'share',
    max: 1,
    formatTick: (value) => formatTick(formatShare(value)),
  };
  const frequency: ComparedFigure = {
    key: 'frequency',
    label: t('charts:compare.frequency'),
    column: columns.core.frequency,
    measure: 'hertz',
    max: { kind: 'decimal', least: 1e9 },
    formatTick: (value) => showText(formatWithPrefix(value, 'Hz')),
  };
  return (
    <ComparisonCard
      title={t('charts:compare.cores')}
      area="cores-chart"
      state={state}
      compared={cores.map(({ id }) => ({
        key: String(id),
        label: t('charts:compare.core', { id }),
        ringKey: `core/${id}`,
      }))}
      figures={cores.some(({ frequencyHz }) => frequencyHz !== null) ? [busy, frequency] : [busy]}
    />
  );
}
