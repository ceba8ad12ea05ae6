import type { CpuShares } from '../../../shared/series/rates/cpu.ts';
import { formatShare } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import type { LegendEntryProps } from '../figure.tsx';

/** What the processor's time goes into, as its chart stacks it, with how much each is now. Handling interrupts is the system's. */
export function listProcessorStates(total: CpuShares | undefined): readonly LegendEntryProps[] {
  const entry = (state: 'user' | 'system' | 'iowait' | 'steal', share: number | undefined) => ({
    label: t(`processor:state.${state}`),
    color: `series-${state}` as const,
    shown: formatShare(share),
    raw: share,
    testId: `cpu-${state}`,
  });
  return [
    entry('user', total?.user),
    entry('system', total && total.system + total.irq),
    entry('iowait', total?.iowait),
    entry('steal', total?.steal),
  ];
}
