import type { AnyCollector } from '../../core/collector.ts';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { ProbeClient, type ProbeProcess } from '../probe/probe-client.ts';
import { createLinuxContainerCollector } from './container/linux.ts';
import { createLinuxCpuCollector } from './cpu/linux.ts';
import { createLinuxDiskCollector } from './disk/linux.ts';
import { createLinuxFilesystemCollector } from './filesystem/linux.ts';
import { createLinuxGpuCollector } from './gpu/linux.ts';
import { createLinuxHostCollector } from './host/linux.ts';
import { createLinuxLoginCollector } from './login/linux.ts';
import { createLinuxMemoryCollector } from './memory/linux.ts';
import { createLinuxNetworkCollector } from './network/linux.ts';
import { createLinuxPowerCollector } from './power/linux.ts';
import { createLinuxSensorCollector } from './sensor/linux.ts';
import { createLinuxSocketCollector } from './socket/linux.ts';
import { createLinuxServiceCollector } from './service/linux.ts';
import { createPortableCollectors } from './portable.ts';
import { createLinuxProcessCollector } from './process/linux.ts';

export interface CollectorsOptions {
  readonly clock: Clock;
  /** Starts the process for calls that can hang; see `forkProbe`. */
  readonly spawnProbe: () => ProbeProcess;
  /** One that others use too, and that is theirs to end; else the collectors have one of their own. */
  readonly probe?: ProbeClient;
  readonly platform?: NodeJS.Platform;
  readonly procRoot?: string;
  readonly sysRoot?: string;
  readonly etcRoot?: string;
  readonly runRoot?: string;
}

/** Every collector of this platform. The probe process that some share ends with the first that is disposed. */
export function createCollectors(options: CollectorsOptions): AnyCollector[] {
  const { clock, spawnProbe, platform = process.platform } = options;
  const { procRoot = '/proc', sysRoot = '/sys', etcRoot = '/etc', runRoot = '/run' } = options;
  const probe = options.probe ?? new ProbeClient({ clock, spawnProbe });
  const collectors: AnyCollector[] = platform === 'linux' ? linux() : createPortableCollectors(probe);
  const [owner] = collectors.filter(({ id }) => id === 'filesystem');
  const dispose = owner?.[Symbol.asyncDispose]?.bind(owner);
  if (owner && !options.probe) {
    owner[Symbol.asyncDispose] = async () => {
      await dispose?.();
      await probe[Symbol.asyncDispose]();
    };
  }
  return collectors;

  function linux(): AnyCollector[] {
    const sources = { clock, procRoot, sysRoot, etcRoot, runRoot };
    return [
      createLinuxCpuCollector(sources),
      createLinuxMemoryCollector(sources),
      createLinuxNetworkCollector(sources, probe),
      createLinuxSocketCollector(sources),
      createLinuxDiskCollector(sources, probe),
      createLinuxFilesystemCollector(sources, probe),
      createLinuxProcessCollector(sources),
      createLinuxSensorCollector(sources, probe),
      createLinuxPowerCollector(sources, probe),
      createLinuxGpuCollector(sources, probe),
      createLinuxContainerCollector(sources, probe),
      createLinuxServiceCollector(sources, probe),
      createLinuxLoginCollector(sources),
      createLinuxHostCollector(sources),
    ];
  }
}
