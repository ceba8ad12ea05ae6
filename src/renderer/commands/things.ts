import { t } from '../../shared/texts/texts.ts';
import type { MetricsStore } from '../../shared/series/rings/metrics-store.ts';
import { processKey } from '../store/processes/table-row.ts';
import { openAddress } from '../views/address.ts';
import type { IconName } from '../design/components/icon.tsx';
import { showName } from '../views/show-name.ts';
import type { Findable } from './rank.ts';

/** Something of the machine that can be looked at. */
export interface Thing extends Findable {
  readonly id: string;
  /** What it is, in a word. */
  readonly kind: string;
  /** Null where words say enough. */
  readonly icon: IconName | null;
  run(): void;
}

/** All that the page knows by name now. Names are the machine's: to be shown as text. */
export function findThings(store: MetricsStore): readonly Thing[] {
  const of = <Topic extends Parameters<MetricsStore['topic']>[0]>(topic: Topic) => store.topic(topic).data;
  return [
    ...(of('disk')?.devices ?? []).map(({ name, model }) =>
      thing('disks', name, 'disk', t('keys:kinds.disk'), [model ?? '']),
    ),
    ...(of('network')?.interfaces ?? []).map(({ name, addresses }) =>
      thing('network', name, 'network', t('keys:kinds.interface'), addresses),
    ),
    ...(of('container')?.containers ?? []).map(({ id, name, image }) =>
      thing('containers', name ?? id.slice(0, 12), 'container', t('keys:kinds.container'), [id, image ?? '']),
    ),
    ...(of('service')?.services ?? []).map(({ name, description }) =>
      thing('services', name, 'service', t('keys:kinds.service'), [description ?? '']),
    ),
    ...findProcesses(store),
  ];
}

function findProcesses(store: MetricsStore): readonly Thing[] {
  const raw = store.topic('process').data;
  if (!raw) return [];
  return raw.pid.map((pid, at) => {
    const key = processKey({ pid, startTicks: raw.startTicks[at] ?? 0 });
    const command = raw.command[at] ?? '';
    const found = thing('processes', raw.name[at] ?? '', 'process', t('keys:kinds.process', { pid }), [
      String(pid),
      command,
    ]);
    return { ...found, id: `processes/${key}`, run: () => openAddress('processes', key) };
  });
}

function thing(page: string, name: string, icon: IconName, kind: string, words: readonly string[]): Thing {
  return {
    id: `${page}/${name}`,
    title: showName(name),
    kind,
    icon,
    words: [...words.filter((word) => word !== ''), kind],
    run: () => openAddress(page, name),
  };
}
