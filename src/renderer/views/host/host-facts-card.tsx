import type { ReactNode } from 'react';
import type { HostRaw } from '../../../shared/series/raw/host.ts';
import { formatBytes, formatDuration, formatMoment, showText } from '../../../shared/series/units.ts';
import type { Catalogue } from '../../../shared/texts/en/catalogue.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useTopic } from '../../session-context.ts';
import { SectionCard } from '../section-card.tsx';
import { showName } from '../show-name.ts';

/** Hardware, firmware, kernel, boot, clock: what seldom changes. */
export function HostFactsCard() {
  const state = useTopic('host');
  return (
    <SectionCard title={t('host:title')} area="host-facts" state={state}>
      {(host) => (
        <div className="fact-groups">
          {deriveGroups(host).map(([group, entries]) => (
            <section key={group} className="group" aria-label={t(`host:group.${group}`)}>
              <h3>{t(`host:group.${group}`)}</h3>
              <dl className="properties">
                {entries.map(([name, value]) => (
                  <div key={name}>
                    <dt>{t(`host:fact.${name}`)}</dt>
                    <dd className={value === null ? 'quiet' : undefined} data-testid={`fact-${name}`}>
                      {value ?? t('host:notTold')}
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

type FactName = keyof Catalogue['host']['fact'];
type Entries = readonly (readonly [name: FactName, value: ReactNode])[];

function deriveGroups(
  host: HostRaw,
): readonly (readonly [group: keyof Catalogue['host']['group'], entries: Entries])[] {
  const { firmware, timeSynchronization: time } = host;
  const { physicalCores, logicalCores } = host;
  const firmwareParts =
    firmware && [firmware.vendor, firmware.version, firmware.date].filter((part) => part !== null);
  return [
    [
      'hardware',
      [
        ['machine', named(host.machine)],
        ['chassis', named(host.chassis)],
        ['board', named(host.board)],
        ['processor', named(host.processor)],
        ['cores', physicalCores ? t('host:cores', { physicalCores, logicalCores }) : String(logicalCores)],
        ['memory', showText(formatBytes(host.memoryBytes))],
        ['virtualised', named(host.virtualization)],
      ],
    ],
    [
      'system',
      [
        ['name', named(host.hostname)],
        ['system', named(host.operatingSystem)],
        ['kernel', named(`${host.kernel} (${host.architecture})`)],
        ['built', named(host.kernelBuild)],
        ['commandLine', named(host.kernelCommandLine)],
      ],
    ],
    [
      'start',
      [
        ['firmware', named(firmwareParts?.join(', ') || null)],
        ['boot', host.bootMode && t(`host:boot.${host.bootMode}`)],
        ['secureBoot', choose(host.secureBoot, t('host:on'), t('host:off'))],
        ['started', formatMoment(host.bootedWallMs)],
        ['upFor', formatDuration(host.uptimeSeconds)],
        ['timeZone', named(host.timeZone)],
        ['clock', choose(time?.synchronized, t('host:synchronized'), t('host:notSynchronized'))],
        ['keptBy', named(time?.service ?? null)],
      ],
    ],
  ];
}

/** What the machine says of itself is in no language of ours. */
function named(text: string | null): ReactNode {
  return text === null ? null : <span translate="no">{showName(text)}</span>;
}

function choose(answer: boolean | null | undefined, yes: string, no: string): string | null {
  return answer === null || answer === undefined ? null : answer ? yes : no;
}
