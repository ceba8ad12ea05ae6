import { formatBytes, formatDuration, showText } from '../../shared/series/units.ts';
import { useTopic } from '../session-context.ts';
import { formatMoment } from './format-moment.ts';
import { SectionCard } from './section-card.tsx';

/** What this machine is. */
export function HostCard() {
  const state = useTopic('host');
  return (
    <SectionCard title="Machine" area="host" state={state}>
      {(host) => {
        const cores = host.physicalCores
          ? `${host.physicalCores} physical, ${host.logicalCores} logical`
          : String(host.logicalCores);
        const entries: readonly (readonly [string, string | null, string])[] = [
          ['Name', host.hostname, 'host-name'],
          ['System', host.operatingSystem, 'host-system'],
          ['Kernel', `${host.kernel} (${host.architecture})`, 'host-kernel'],
          ['Processor', host.processor, 'host-processor'],
          ['Cores', cores, 'host-cores'],
          ['Memory', showText(formatBytes(host.memoryBytes)), 'host-memory'],
          ['Machine', host.machine, 'host-machine'],
          ['Virtualised', host.virtualization, 'host-virtualization'],
          ['Up for', formatDuration(host.uptimeSeconds), 'host-uptime'],
          ['Started', formatMoment(host.bootedWallMs), 'host-booted'],
        ];
        return (
          <dl className="properties">
            {entries.map(([label, value, testId]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd data-testid={testId} className={value ? undefined : 'quiet'} title={value ?? undefined}>
                  {value ?? 'not known'}
                </dd>
              </div>
            ))}
          </dl>
        );
      }}
    </SectionCard>
  );
}
