import type { CostRaw } from '../../../shared/series/raw/cost.ts';
import { useTopic } from '../../session-context.ts';
import { BytesTile, CountTile, FactGrid, MillisecondsTile } from '../facts.tsx';
import { SectionCard } from '../section-card.tsx';

/** The whole of it. */
export function CostTotalsCard() {
  const state = useTopic('cost');
  return (
    <SectionCard title="Own cost" area="cost-totals" state={state}>
      {(cost) => (
        <FactGrid>
          <MillisecondsTile
            label="Processor time"
            testId="cost-cpu-time"
            raw={cost.cpuMs}
            note="since the start"
          />
          <BytesTile
            label="Memory"
            testId="cost-memory"
            raw={sumResident(cost)}
            note="of all its processes"
          />
          <CountTile label="Programs started" testId="cost-forks" raw={cost.forks} note="since the start" />
          <BytesTile
            label="Written to disk"
            testId="cost-written"
            raw={cost.writtenBytes}
            note="since the start"
          />
          <BytesTile label="Sent to viewers" testId="cost-sent" raw={cost.sentBytes} note="since the start" />
          <CountTile label="Encodings" testId="cost-encodes" raw={cost.encodes} note="since the start" />
          <BytesTile label="JavaScript heap" testId="cost-heap" raw={cost.heapUsedBytes} note="of the host" />
          <MillisecondsTile
            label="Event loop late, half"
            testId="cost-loop-p50"
            raw={cost.eventLoop?.delayMsP50}
            reason="not measured here"
            note="of the time at most"
          />
          <MillisecondsTile
            label="99 of 100"
            testId="cost-loop-p99"
            raw={cost.eventLoop?.delayMsP99}
            reason="not measured here"
            note="of the time at most"
          />
          <MillisecondsTile
            label="Latest"
            testId="cost-loop-max"
            raw={cost.eventLoop?.delayMsMax}
            reason="not measured here"
            note="since the last reading"
          />
        </FactGrid>
      )}
    </SectionCard>
  );
}

function sumResident({ processes }: CostRaw): number | null {
  const known = processes.map(({ residentBytes }) => residentBytes).filter((bytes) => bytes !== null);
  return known.length > 0 ? known.reduce((sum, bytes) => sum + bytes, 0) : null;
}
