import type { ComponentType } from 'react';
import type { Topic } from '../../shared/series/raw.ts';
import type { PageName } from '../../shared/preferences/page-names.ts';
import { t } from '../../shared/texts/texts.ts';
import type { IconName } from '../design/components/icon.tsx';
import type { Demand } from '../../client/connection-manager.ts';
import { parseAddress } from './address.ts';
import { ContainersPage } from './containers/containers-page.tsx';
import { CostPage } from './cost/cost-page.tsx';
import { DiagnosticsView } from './diagnostics-view.tsx';
import { DisksPage } from './disks/disks-page.tsx';
import { DisksFigure, MemoryFigure, NetworkFigure, ProcessorFigure } from './entry-figures.tsx';
import { GraphicsPage } from './graphics/graphics-page.tsx';
import { HostPage } from './host/host-page.tsx';
import { MemoryPage } from './memory/memory-page.tsx';
import { NetworkPage } from './network/network-page.tsx';
import { Overview } from './overview.tsx';
import { overviewDemands } from './overview/overview-demands.ts';
import { ProcessesPage } from './processes/processes-page.tsx';
import { ProcessorPage } from './processor/processor-page.tsx';
import { SensorsPage } from './sensors/sensors-page.tsx';
import { ServicesPage } from './services/services-page.tsx';
import { nearbyPart } from './sharing/nearby-part.ts';
import { SettingsPage } from './settings/settings-page.tsx';
import { SharingPage } from './sharing/sharing-page.tsx';
import { ViewersPage } from './viewers/viewers-page.tsx';

type PageDefinition = Omit<Page, 'title' | 'shortTitle'>;

/** One page of the dashboard. */
export interface Page {
  /** Its address, `#name`, by which its titles are found. */
  readonly name: PageName;
  /** Another address of it: a part of it that can be led to. */
  readonly partName?: string;
  readonly title: string;
  /** The title where there is little room. */
  readonly shortTitle: string;
  readonly icon: IconName;
  /** What it is about. It has no entry where none of these topics is granted; empty is always granted. */
  readonly needs: readonly Topic[];
  /** Asked for only while the page is shown, besides `standingDemands`. */
  readonly demands: readonly Demand[];
  readonly component: ComponentType;
  /** Whether it has charts, so that their time can be chosen above it. */
  readonly hasCharts?: boolean;
  /** What it is about as one figure, beside its entry. */
  readonly figure?: ComponentType;
}

const definitions: readonly [PageDefinition, ...PageDefinition[]] = [
  {
    name: 'overview',
    icon: 'overview',
    needs: [],
    demands: overviewDemands,
    component: Overview,
    hasCharts: true,
  },
  {
    name: 'processor',
    icon: 'processor',
    needs: ['cpu'],
    demands: [],
    component: ProcessorPage,
    hasCharts: true,
    figure: ProcessorFigure,
  },
  {
    name: 'memory',
    icon: 'memory',
    needs: ['memory'],
    demands: [],
    component: MemoryPage,
    hasCharts: true,
    figure: MemoryFigure,
  },
  {
    name: 'disks',
    icon: 'disk',
    needs: ['disk', 'filesystem'],
    demands: [],
    component: DisksPage,
    hasCharts: true,
    figure: DisksFigure,
  },
  {
    name: 'network',
    icon: 'network',
    needs: ['network', 'socket'],
    demands: [{ topics: ['socket'], intervalMs: 1_000 }],
    component: NetworkPage,
    hasCharts: true,
    figure: NetworkFigure,
  },
  {
    name: 'processes',
    icon: 'process',
    needs: ['process'],
    demands: [{ topics: ['process'], intervalMs: 1_000 }],
    component: ProcessesPage,
    hasCharts: true,
  },
  {
    name: 'sensors',
    icon: 'sensor',
    needs: ['sensor', 'power'],
    demands: [
      { topics: ['sensor'], intervalMs: 2_000 },
      { topics: ['power'], intervalMs: 5_000 },
    ],
    component: SensorsPage,
    hasCharts: true,
  },
  {
    name: 'graphics',
    icon: 'graphics',
    needs: ['gpu'],
    demands: [{ topics: ['gpu'], intervalMs: 2_000 }],
    component: GraphicsPage,
    hasCharts: true,
  },
  {
    name: 'containers',
    icon: 'container',
    needs: ['container'],
    demands: [{ topics: ['container'], intervalMs: 2_000 }],
    component: ContainersPage,
    hasCharts: true,
  },
  {
    name: 'services',
    icon: 'service',
    needs: ['service'],
    demands: [{ topics: ['service'], intervalMs: 5_000 }],
    component: ServicesPage,
  },
  {
    name: 'host',
    icon: 'host',
    needs: ['host', 'login'],
    demands: [{ topics: ['login'], intervalMs: 5_000 }],
    component: HostPage,
  },
  {
    name: 'sharing',
    partName: nearbyPart,
    icon: 'sharing',
    needs: ['access'],
    demands: [],
    component: SharingPage,
  },
  {
    name: 'viewers',
    icon: 'viewers',
    needs: ['access', 'diagnostics'],
    demands: [{ topics: ['diagnostics'], intervalMs: 1_000 }],
    component: ViewersPage,
  },
  {
    name: 'cost',
    icon: 'cost',
    needs: ['cost'],
    demands: [{ topics: ['cost'], intervalMs: 1_000 }],
    component: CostPage,
    hasCharts: true,
  },
  {
    name: 'diagnostics',
    icon: 'diagnostics',
    needs: ['diagnostics'],
    demands: [{ topics: ['diagnostics'], intervalMs: 1_000 }],
    component: DiagnosticsView,
  },
  {
    name: 'settings',
    icon: 'settings',
    needs: [],
    demands: [],
    component: SettingsPage,
  },
];

/** Every page, in the order of the navigation. The first is where one lands. */
export const pages: readonly [Page, ...Page[]] = [
  entitle(definitions[0]),
  ...definitions.slice(1).map(entitle),
];

/** Titles are asked for when they are shown, since the language is not known before. */
function entitle(definition: PageDefinition): Page {
  return {
    ...definition,
    get title() {
      return t(`pages:title.${definition.name}`);
    },
    get shortTitle() {
      return t(`pages:short.${definition.name}`);
    },
  };
}

/** The pages that a client with these topics has. Before it is greeted (null) that is not known: all of them. */
export function grantedPages(granted: readonly Topic[] | null): readonly Page[] {
  return pages.filter(
    ({ needs }) => needs.length === 0 || granted === null || needs.some((topic) => granted.includes(topic)),
  );
}

/** The page at an address's fragment (`#cpu`, or empty); the first where there is none of that name. */
export function findPage(fragment: string, among: readonly Page[]): Page {
  const { page: wanted } = parseAddress(fragment);
  return among.find(({ name, partName }) => name === wanted || partName === wanted) ?? pages[0];
}
