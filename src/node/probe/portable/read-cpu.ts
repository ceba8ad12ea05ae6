import { unknownCore, unknownCpu, type CpuRaw } from '../../../shared/series/raw/cpu.ts';
import { noTimes, sumTimes } from '../../collectors/cpu/cpu-times.ts';
import { counted, type PortableSources } from './portable-sources.ts';

/**
 * The processor by Node, without the library: it needs no program. Node's `speed` is what a core is sold for, not what
 * it runs at, so that no frequency is told.
 */
export async function readPortableCpu({ node }: PortableSources): Promise<CpuRaw> {
  const { platform, cores: all, load } = node();
  const [one = 0, five = 0, fifteen = 0] = load;
  const cores = all.map(({ times: { user, nice, sys, idle, irq } }, id) => ({
    ...unknownCore,
    id,
    times: {
      ...noTimes,
      user: counted(user),
      nice: counted(nice),
      system: counted(sys),
      idle: counted(idle),
      irq: counted(irq),
    },
  }));
  return {
    ...unknownCpu,
    // Node gives milliseconds.
    ticksPerSecond: 1_000,
    total: sumTimes(cores.map(({ times }) => times)),
    cores,
    // Windows has no load average, and Node says 0 for it.
    load: platform === 'win32' ? null : { one, five, fifteen },
  };
}
