import type { Topic } from '../../shared/series/raw.ts';
import { showName } from './show-name.ts';

const names: Readonly<Record<Topic, string>> = {
  cpu: 'processor',
  memory: 'memory',
  network: 'interfaces',
  socket: 'connections',
  disk: 'disks',
  filesystem: 'file systems',
  process: 'processes',
  sensor: 'sensors',
  power: 'batteries',
  gpu: 'graphics',
  container: 'containers',
  service: 'services',
  login: 'logins',
  host: 'machine',
  access: 'sharing',
  cost: 'own cost',
  diagnostics: 'diagnostics',
};

/** What a topic is about, in words; one that this version does not know by its own name. */
export function nameTopic(topic: string): string {
  return Object.hasOwn(names, topic) ? names[topic as Topic] : showName(topic);
}
