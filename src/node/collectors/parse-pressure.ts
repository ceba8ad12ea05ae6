import type { Pressure } from '../../shared/series/raw/common.ts';
import { ByteScanner } from './byte-scanner.ts';

/**
 * Parses a file of /proc/pressure, or `*.pressure` of a control group (Documentation/accounting/psi.rst). Null where
 * it holds no `some` line: a kernel without pressure accounting says nothing. That of the whole machine's processor
 * has a `full` line from 5.13 on which is always zero and means nothing: its reader leaves it out.
 */
export function parsePressure(bytes: Uint8Array): Pressure | null {
  let someMicros: number | null = null;
  let fullMicros: number | null = null;
  for (const scan = new ByteScanner(bytes); !scan.done; scan.nextLine()) {
    if (scan.take('some ')) someMicros = takeTotal(scan);
    else if (scan.take('full ')) fullMicros = takeTotal(scan);
  }
  return someMicros === null ? null : { someMicros, fullMicros };
}

/** The figure of `total=` on the rest of the line, in microseconds. */
function takeTotal(scan: ByteScanner): number | null {
  while (scan.skipBlanks()) {
    if (scan.take('total=')) return scan.numberIfThere();
    scan.skipWord();
  }
  return null;
}
