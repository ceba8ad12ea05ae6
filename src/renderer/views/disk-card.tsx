import type { DeviceRaw } from '../../shared/series/raw/disk.ts';
import type { DeviceRates } from '../../shared/series/rates/disk.ts';
import type { Rated } from '../../shared/series/rates/span.ts';
import { formatBytes, formatShare, showText } from '../../shared/series/units.ts';
import { ChartSpan } from '../charts/chart-span.tsx';
import type { ChartSeries } from '../charts/streaming-chart.ts';
import { useTopic } from '../session-context.ts';
import { describeGap } from '../store/figures.ts';
import { columns } from '../../shared/series/rings/ring-set.ts';
import { SectionCard } from './section-card.tsx';
import { byteFact, mostTrafficItems, nameSome, rateFact, TrafficItem } from './traffic-item.tsx';

/** What a disk carries, each way. */
export const diskSeries: readonly [ChartSeries, ChartSeries] = [
  { label: 'Read', column: columns.disk.read, color: 'series-read' },
  { label: 'Write', column: columns.disk.written, color: 'series-written' },
];

/** Every disk with what it carries; those that never did anything are only named. */
export function DiskCard() {
  const state = useTopic('disk');
  const rates = state.rates?.status === 'ok' ? state.rates.devices : null;
  const reason = state.rates?.status === 'gap' ? state.rates.reason : null;
  return (
    <SectionCard title="Disks" area="disk" state={state} aside={<ChartSpan />}>
      {({ devices }) => {
        const used = devices.filter(
          ({ readOperations, writeOperations }) => readOperations + writeOperations > 0,
        );
        const silent = devices.filter((entry) => !used.includes(entry));
        return (
          <div className="traffic-list">
            {used.slice(0, mostTrafficItems).map((entry) => {
              const rated = rates?.get(entry.name) ?? (reason ? ({ status: 'gap', reason } as const) : null);
              return <Device key={entry.name} entry={entry} rated={rated} />;
            })}
            {devices.length === 0 && <p className="empty">This machine has no disk of its own.</p>}
            {used.length > mostTrafficItems && (
              <a href="#disks" className="more">
                {used.length - mostTrafficItems} more
              </a>
            )}
            {silent.length > 0 && <p className="empty">Not in use: {nameSome(silent)}</p>}
          </div>
        );
      }}
    </SectionCard>
  );
}

interface DeviceProps {
  readonly entry: DeviceRaw;
  readonly rated: Rated<DeviceRates> | null;
}

function Device({ entry, rated }: DeviceProps) {
  const rates = rated?.status === 'ok' ? rated : null;
  const note = [entry.model, entry.sizeBytes && showText(formatBytes(entry.sizeBytes))]
    .filter(Boolean)
    .join(' · ');
  return (
    <TrafficItem
      kind="device"
      name={entry.name}
      note={note}
      ringKey={`disk/${entry.name}`}
      series={diskSeries}
      rates={rates && [rates.readBytesPerSecond, rates.writtenBytesPerSecond]}
      testIds={['read-rate', 'write-rate']}
      gap={rated?.status === 'gap' ? describeGap(rated.reason) : null}
      facts={[
        {
          label: 'Busy',
          testId: 'busy',
          raw: rates?.busy,
          shown: formatShare(rates?.busy),
          alarming: (rates?.busy ?? 0) > 0.9,
        },
        rateFact('Reads', 'read-operations', rates?.readOperationsPerSecond),
        rateFact('Writes', 'write-operations', rates?.writeOperationsPerSecond),
        byteFact('Read', 'read-total', entry.readBytes),
        byteFact('Written', 'write-total', entry.writtenBytes),
      ]}
    />
  );
}
