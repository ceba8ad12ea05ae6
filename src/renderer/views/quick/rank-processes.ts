import type { ProcessRows } from '../../../shared/series/rates/process.ts';
import type { ProcessRaw } from '../../../shared/series/raw/process.ts';

/** A process that is among the busiest. */
export interface BusyProcess {
  readonly pid: number;
  readonly name: string;
  /** Of a core: 1 is one core. */
  readonly cpuShare: number;
  readonly residentBytes: number;
}

/**
 * The processes that use most of the processor, the busiest first; of those that use alike the larger first. Processes
 * whose use is not known yet are left out.
 */
export function rankProcesses(data: ProcessRaw, rows: ProcessRows, count: number): readonly BusyProcess[] {
  const busiest: BusyProcess[] = [];
  for (const { pid, index, rates } of rows.values()) {
    if (rates.status !== 'ok' || rates.cpuShare === null) continue;
    const process: BusyProcess = {
      ...{ pid, name: data.name[index]!, cpuShare: rates.cpuShare },
      residentBytes: data.residentBytes[index]!,
    };
    const at = busiest.findIndex((other) => isBusier(process, other));
    if (at >= 0) busiest.splice(at, 0, process);
    else if (busiest.length < count) busiest.push(process);
    if (busiest.length > count) busiest.pop();
  }
  return busiest;
}

function isBusier(one: BusyProcess, other: BusyProcess): boolean {
  if (one.cpuShare !== other.cpuShare) return one.cpuShare > other.cpuShare;
  if (one.residentBytes !== other.residentBytes) return one.residentBytes > other.residentBytes;
  return one.pid < other.pid;
}
