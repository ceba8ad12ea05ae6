import { unknownHost, type HostRaw } from '../../../shared/series/raw/host.ts';
import { told, toldText, type PortableSources } from './portable-sources.ts';

type Facts = Omit<HostRaw, 'hostname' | 'timeZone' | 'bootedWallMs' | 'uptimeSeconds'>;

/** Each search for what the machine is starts a dozen programs on Windows. */
const factsEveryMs = 3_600_000;

/** A reader of what the machine is, which finds out what does not change once an hour. */
export function createPortableHostReader(): (sources: PortableSources) => Promise<HostRaw> {
  let known: { readonly facts: Facts; readonly atMs: number } | null = null;
  return async (sources) => {
    const { hostname, timeZone, nowMs, uptimeSeconds } = sources.node();
    if (!known || nowMs < known.atMs || nowMs - known.atMs >= factsEveryMs) {
      known = { facts: await findFacts(sources), atMs: nowMs };
    }
    return {
      ...known.facts,
      hostname,
      timeZone,
      // To the second: the two clocks are not read at the same instant.
      bootedWallMs: Math.max(0, Math.round(nowMs / 1_000 - uptimeSeconds) * 1_000),
      uptimeSeconds,
    };
  };
}

async function findFacts({ library, node }: PortableSources): Promise<Facts> {
  const [os, system, cpu, bios, board, chassis] = await Promise.all([
    library.osInfo(), library.system(), library.cpu(), library.bios(), library.baseboard(), library.chassis(),
  ]); // prettier-ignore
  const { platform, architecture, release, version, totalBytes, cores } = node();
  const join = (...texts: (string | null | undefined)[]): string | null =>
    texts.map(toldText).filter((text) => text !== null).join(' ') || null; // prettier-ignore
  const [vendor, biosVersion, date] = [toldText(bios.vendor), toldText(bios.version), toldText(bios.releaseDate)]; // prettier-ignore
  return {
    ...unknownHost,
    operatingSystem: join(os.distro, os.release) ?? platform,
    kernel: release,
    kernelBuild: toldText(version),
    architecture,
    processor: join(cpu.manufacturer, cpu.brand),
    logicalCores: told(cpu.cores) ?? cores.length,
    physicalCores: told(cpu.physicalCores),
    memoryBytes: totalBytes,
    machine: join(system.manufacturer, system.model === 'Computer' ? null : system.model),
    board: join(board.manufacturer, board.model),
    chassis: toldText(chassis.type)?.toLowerCase() ?? null,
    firmware: vendor === null && biosVersion === null && date === null ? null : { vendor, version: biosVersion, date }, // prettier-ignore
    bootMode: deriveBootMode(platform, architecture, os.uefi),
    virtualization: system.virtual ? (toldText(system.virtualHost) ?? 'virtual machine') : null,
  };
}

/** The library says UEFI of every Mac; those with Apple's own processors have none. */
function deriveBootMode(
  platform: NodeJS.Platform,
  architecture: string,
  uefi: boolean | null,
): HostRaw['bootMode'] {
  if (platform === 'darwin') return architecture === 'x64' ? 'uefi' : null;
  if (platform !== 'win32' || uefi === null) return null;
  return uefi ? 'uefi' : 'bios';
}
