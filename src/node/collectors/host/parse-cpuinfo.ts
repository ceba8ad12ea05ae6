import { describeArmCore } from './arm-parts.ts';

/** What /proc/cpuinfo says of the processor. */
export interface CpuInfo {
  readonly model: string | null;
  readonly logicalCores: number;
  /** Null where the architecture does not tell cores from threads there. */
  readonly physicalCores: number | null;
  /** Whether the processor says that it runs under a hypervisor. */
  readonly hypervisor: boolean;
}

/**
 * Parses /proc/cpuinfo of x86 ("model name"), ARM ("Model", "Hardware", or the codes of its cores, of which there are
 * two or three kinds in big.LITTLE), POWER and RISC-V ("cpu", "uarch").
 */
export function parseCpuinfo(text: string): CpuInfo {
  const fields = (name: string): string[] =>
    [...text.matchAll(new RegExp(`^${name}[ \\t]*: *(.*)$`, 'gm'))].map((match) => match[1]!.trim());
  const first = (...names: string[]): string | null =>
    names.map((name) => fields(name)[0]).find((value) => value !== undefined && value !== '') ?? null;
  const [packages, cores] = [fields('physical id'), fields('core id')];
  const physical = new Set(cores.map((core, index) => `${packages[index] ?? 0}:${core}`)).size;
  const [implementers, parts] = [fields('CPU implementer'), fields('CPU part')];
  const kinds = new Set(parts.map((part, index) => describeArmCore(implementers[index] ?? null, part)));
  kinds.delete(null);
  return {
    model:
      first('model name', 'Model', 'Hardware', 'cpu', 'uarch')?.replace(/\s+/g, ' ') ??
      ([...kinds].join(' + ') || null),
    logicalCores: fields('processor').filter((value) => /^\d+$/.test(value)).length,
    physicalCores: physical || null,
    hypervisor: / hypervisor( |$)/.test(first('flags') ?? ''),
  };
}
