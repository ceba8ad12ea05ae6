import type { HostRaw } from '../../../shared/series/raw/host.ts';
import { formatBytes, formatDuration, showText } from '../../../shared/series/units.ts';
import { useTopic } from '../../session-context.ts';
import { formatMoment } from '../format-moment.ts';
import { SectionCard } from '../section-card.tsx';
import { showName } from '../show-name.ts';

/** Hardware, firmware, kernel, boot, clock: what seldom changes. */
export function HostFactsCard() {
  const state = useTopic('host');
  return (
    <SectionCard title="Machine" area="host-facts" state={state}>
      {(host) => (
        <div className="fact-groups">
          {deriveGroups(host).map(([title, entries]) => (
            <section key={title} className="group" aria-label={title}>
              <h3>{title}</h3>
              <dl className="properties">
                {entries.map(([label, value]) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd className={value === null ? 'quiet' : undefined} data-testid={`fact-${label}`}>
                      {value === null ? 'not told' : showName(value)}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      )}
    </SectionCard>
  );
}

type Entries = readonly (readonly [label: string, value: string | null])[];

function deriveGroups(host: HostRaw): readonly (readonly [title: string, entries: Entries])[] {
  const { firmware, timeSynchronization: time } = host;
  const cores = host.physicalCores
    ? `${host.physicalCores} physical, ${host.logicalCores} logical`
    : String(host.logicalCores);
  const known = (answer: boolean | null | undefined, yes: string, no: string): string | null =>
    answer === null || answer === undefined ? null : answer ? yes : no;
  return [
    [
      'Hardware',
      [
        ['Machine', host.machine],
        ['Chassis', host.chassis],
        ['Board', host.board],
        ['Processor', host.processor],
        ['Cores', cores],
        ['Memory', showText(formatBytes(host.memoryBytes))],
        ['Virtualised', host.virtualization],
      ],
    ],
    [
      'System',
      [
        ['Name', host.hostname],
        ['System', host.operatingSystem],
        ['Kernel', `${host.kernel} (${host.architecture})`],
        ['Built', host.kernelBuild],
        ['Command line', host.kernelCommandLine],
      ],
    ],
    [
      'Start and clock',
      [
        [
          'Firmware',
          firmware &&
            ([firmware.vendor, firmware.version, firmware.date].filter((part) => part !== null).join(', ') ||
              null),
        ],
        ['Boot', host.bootMode && { uefi: 'UEFI', bios: 'BIOS', devicetree: 'device tree' }[host.bootMode]],
        ['Secure boot', known(host.secureBoot, 'on', 'off')],
        ['Started', formatMoment(host.bootedWallMs)],
        ['Up for', formatDuration(host.uptimeSeconds)],
        ['Time zone', host.timeZone],
        ['Clock', known(time?.synchronized, 'kept right', 'not kept right')],
        ['Kept by', time?.service ?? null],
      ],
    ],
  ];
}
