import { join } from 'node:path';
import { readNames, readSmallFile } from '../small-file.ts';

/**
 * The numbers (`253:0`) of block devices that stand on others: encrypted, logical and RAID volumes. What goes through
 * them is counted once more by the device below.
 */
export function findStackedDevices(sysRoot: string): ReadonlySet<string> {
  const root = join(sysRoot, 'block');
  const numbers = readNames(root)
    .filter((name) => readNames(join(root, name, 'slaves')).length > 0)
    .map((name) => readSmallFile(join(root, name, 'dev'), 64));
  return new Set(numbers.filter((number) => number !== null));
}
