import { join } from 'node:path';
import { readSmallFile } from '../small-file.ts';

/** Names of hypervisors in the firmware's tables, as systemd-detect-virt(1) knows them. */
const vendors: readonly (readonly [RegExp, string])[] = [
  [/KVM|QEMU|Red Hat/i, 'KVM'],
  [/VMware/i, 'VMware'],
  [/VirtualBox|innotek/i, 'VirtualBox'],
  [/Xen/i, 'Xen'],
  [/Microsoft Corporation.*Virtual/i, 'Hyper-V'],
  [/Amazon EC2/i, 'Amazon EC2'],
  [/Google Compute/i, 'Google Compute Engine'],
  [/Parallels/i, 'Parallels'],
  [/Firecracker/i, 'Firecracker'],
];

/** Which container or hypervisor this runs in; null on bare metal, or where nothing says. */
export function deriveVirtualization(
  { procRoot, sysRoot, runRoot }: { procRoot: string; sysRoot: string; runRoot: string },
  hypervisorFlag: boolean,
): string | null {
  const container = readSmallFile(join(runRoot, 'systemd/container'), 64);
  if (container) return `${container} container`;
  if (readSmallFile(join(runRoot, '../.dockerenv'), 64) !== null) return 'docker container';
  if (readSmallFile(join(runRoot, '.containerenv'), 64) !== null) return 'podman container';
  if (/\bmicrosoft\b/i.test(readSmallFile(join(procRoot, 'version'), 512) ?? '')) return 'WSL';
  const dmi = ['sys_vendor', 'product_name', 'bios_vendor', 'board_vendor']
    .map((name) => readSmallFile(join(sysRoot, 'class/dmi/id', name), 256) ?? '')
    .join(' ');
  for (const [pattern, name] of vendors) if (pattern.test(dmi)) return name;
  const type = readSmallFile(join(sysRoot, 'hypervisor/type'), 64);
  if (type) return type;
  return hypervisorFlag ? 'virtual machine' : null;
}
