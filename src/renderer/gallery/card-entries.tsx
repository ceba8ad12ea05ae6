import type { ComponentType } from 'react';
import { formatBytes, formatShare } from '../../shared/series/units.ts';
import { loadingTopic, type TopicState } from '../../shared/series/topic-state.ts';
import { unknownMemory } from '../../shared/series/raw/memory.ts';
import { Figure, Legend, LegendEntry, Meter } from '../views/figure.tsx';
import { DataTable } from '../views/data-table.tsx';
import { SectionCard } from '../views/section-card.tsx';
import { showName } from '../views/show-name.ts';
import { hostileName, longGerman, longName } from './samples.ts';

type MemoryState = TopicState<'memory'>;

const data: NonNullable<MemoryState['data']> = {
  ...unknownMemory,
  totalBytes: 3.4e10,
  freeBytes: 1e9,
  availableBytes: 1e10,
  buffersBytes: 1e8,
  cachedBytes: 1e10,
  swapTotalBytes: 0,
  swapFreeBytes: 0,
};
const ok: MemoryState = { ...loadingTopic, status: 'ok', truth: 'ok', data };

const cardStates: Readonly<Record<string, MemoryState>> = {
  loading: loadingTopic,
  ok,
  late: { ...ok, status: 'late', truth: 'late', message: 'No answer within 900 ms.', ageMs: 3_000 },
  stale: { ...ok, status: 'stale', truth: 'stale', message: 'No answer for 30 s.', ageMs: 34_000 },
  unsupported: {
    ...loadingTopic,
    status: 'unsupported',
    truth: 'unsupported',
    message: 'This kernel has no such figures.',
  },
  needsPermission: {
    ...loadingTopic,
    status: 'needsPermission',
    truth: 'needsPermission',
    message: 'The kernel shows it to root alone.',
    remedy: 'sudo setcap cap_dac_read_search+ep /usr/bin/pulsewire',
  },
  failed: {
    ...loadingTopic,
    status: 'failed',
    truth: 'failed',
    code: 'EIO',
    message: `Reading ${hostileName} ended with an error of the device.`,
  },
};

function Cards() {
  return Object.entries(cardStates).map(([name, state]) => (
    <SectionCard key={name} title={name === 'ok' ? longGerman : name} area="gallery" state={state}>
      {({ totalBytes }) => (
        <>
          <p className="hero">
            <Figure shown={formatBytes(totalBytes)} raw={totalBytes} size="hero" />
            <span className="hero__note">in all</span>
          </p>
          <Legend>
            <LegendEntry label="Used" color="series-memory" shown={formatBytes(2e10)} raw={2e10} />
            <LegendEntry label="Cached" color="series-cached" shown={formatBytes(null)} raw={null} />
          </Legend>
        </>
      )}
    </SectionCard>
  ));
}

function Meters() {
  return [0, 0.4, 0.86, 0.97].map((share) => (
    <div key={share} className="gallery__room">
      <Meter share={share} label={`Full to ${formatShare(share).value}`} />
    </div>
  ));
}

function Pills() {
  return (['live', 'connecting', 'stale', 'backoff', 'closed'] as const).map((phase) => (
    <span key={phase} className={`pill pill--${phase}`}>
      <span className="pill__dot" aria-hidden="true" />
      {phase}
    </span>
  ));
}

const rows = [
  { name: 'systemd', bytes: 1.2e7 },
  { name: longName, bytes: 4.1e9 },
  { name: hostileName, bytes: null },
];

function Tables() {
  return (
    <DataTable
      label="Processes"
      testId="gallery-row"
      empty="There are none."
      rows={rows}
      rowKey={({ name }) => name}
      chosenKey="systemd"
      columns={[
        {
          key: 'name',
          label: 'Name',
          sortBy: ({ name }) => name,
          cell: ({ name }) => <span className="name">{showName(name)}</span>,
        },
        {
          key: 'bytes',
          label: 'Memory',
          number: true,
          sortBy: ({ bytes }) => bytes,
          cell: ({ bytes }) => <Figure shown={formatBytes(bytes)} raw={bytes} />,
        },
      ]}
    />
  );
}

/** Frames of subjects and what stands in them. */
export const cardEntries: Readonly<Record<string, ComponentType>> = {
  'section-card': Cards,
  meter: Meters,
  pill: Pills,
  'data-table': Tables,
};
