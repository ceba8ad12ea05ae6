import * as v from 'valibot';
import type { BudgetSettings } from '../../core/cost-governor.ts';
import { defaultLimits } from '../../shared/protocol/index.ts';

/** More cores than any machine has: a share above them is a slip of the pen, 2 for 2 % say. */
const mostCores = 4_096;
/** Less than Node needs to start: it could never be kept. */
const leastMemoryBytes = 16 * 1024 * 1024;

const limit = (least: number, most: number, what: string) =>
  v.optional(
    v.nullable(
      v.pipe(
        v.number(`must be a number or null, for no limit`),
        v.minValue(least, `must be ${what}, or null for no limit`),
        v.maxValue(most, `must be ${what}, or null for no limit`),
      ),
    ),
  );

const limits = {
  cpuShare: limit(0.001, mostCores, 'a share of one core of at least 0.001, such as 0.02 for 2 %'),
  memoryBytes: limit(leastMemoryBytes, Number.MAX_SAFE_INTEGER, `at least ${leastMemoryBytes} bytes`),
  forksPerSecond: limit(0, 1_000, '0 to 1000'),
};

/** The part of the config file that says what the monitor may use. */
export const budgetConfigSchema = v.strictObject({
  ...limits,
  onBattery: v.optional(v.strictObject(limits)),
});
export type BudgetConfig = v.InferOutput<typeof budgetConfigSchema>;

/** What holds where nothing is said: see docs/decisions/0008-governor.md. */
const defaultCpuShare = 0.02;

/**
 * The budget in force. Whoever lets in more clients than by default serves many others, which costs more than any
 * default could foresee: then only what is said holds.
 */
export function deriveBudgetSettings(config: BudgetConfig | undefined, maxClients: number): BudgetSettings {
  const { cpuShare, memoryBytes, forksPerSecond, onBattery } = config ?? {};
  const byDefault = maxClients > defaultLimits.maxClients ? null : defaultCpuShare;
  return {
    cpuShare: cpuShare === undefined ? byDefault : cpuShare,
    memoryBytes: memoryBytes ?? null,
    forksPerSecond: forksPerSecond ?? null,
    onBattery: onBattery
      ? Object.fromEntries(Object.entries(onBattery).filter(([, value]) => value !== undefined))
      : null,
  };
}
