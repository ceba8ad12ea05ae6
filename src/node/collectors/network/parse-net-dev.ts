import type { InterfaceRaw } from '../../../shared/series/raw/network.ts';
import { ByteScanner } from '../byte-scanner.ts';

/** The counters of one interface. */
export type InterfaceCounters = Pick<
  InterfaceRaw,
  | 'name'
  | 'rxBytes' | 'rxPackets' | 'rxErrors' | 'rxDropped'
  | 'txBytes' | 'txPackets' | 'txErrors' | 'txDropped'
>; // prettier-ignore

const colon = 0x3a;
/** Up to the drops of what was sent; the kernel prints 16. */
const fewestColumns = 12;

/**
 * Parses /proc/net/dev (proc_pid_net(5)). The name ends at the line's last colon: old kernels print no blank after it
 * ("eth0:1234"), and aliases have one in the name ("eth0:1: 0 …"). The two lines of headings have none.
 */
export function parseNetDev(bytes: Uint8Array): InterfaceCounters[] {
  const interfaces: InterfaceCounters[] = [];
  for (const scan = new ByteScanner(bytes); !scan.done; scan.nextLine()) {
    const name = scan.textBeforeLast(colon);
    if (!name || scan.countWords() < fewestColumns) continue;
    const [rxBytes, rxPackets, rxErrors, rxDropped] = nextFour(scan);
    // Of what was received: fifo, frame, compressed, multicast.
    nextFour(scan);
    const [txBytes, txPackets, txErrors, txDropped] = nextFour(scan);
    interfaces.push({
      name,
      rxBytes,
      rxPackets,
      rxErrors,
      rxDropped,
      txBytes,
      txPackets,
      txErrors,
      txDropped,
    });
  }
  return interfaces;
}

function nextFour(scan: ByteScanner): [number, number, number, number] {
  return [scan.number(), scan.number(), scan.number(), scan.number()];
}
