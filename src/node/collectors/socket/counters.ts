import { join } from 'node:path';
import type { SocketRaw } from '../../../shared/series/raw/socket.ts';
import { LabelledNumbers } from '../labelled-numbers.ts';
import type { LinuxSources } from '../linux-sources.ts';
import { OptionalFile } from '../optional-file.ts';
import { readPageBytes } from '../page-size.ts';
import { SnmpTable } from './snmp-table.ts';

export type SocketCounters = Omit<
  SocketRaw,
  'tcpStates' | 'tablesAgeMs' | 'unixSockets' | 'listeners' | 'listenersOmitted' | 'listenersRemedy'
>;

export interface CountedSockets {
  readonly counters: SocketCounters;
  /** Changes whenever a connection or a socket comes or goes; null where the kernel does not count them. */
  readonly fingerprint: string | null;
}

/**
 * Reads what costs the same however many sockets there are: /proc/net/snmp, snmp6, netstat, sockstat and sockstat6.
 * TCP's counters are of both families; UDP's are added up. Null for what this kernel does not tell.
 */
export class CounterFiles implements Disposable {
  readonly #snmp: OptionalFile;
  readonly #snmp6: OptionalFile;
  readonly #netstat: OptionalFile;
  readonly #sockstat: OptionalFile;
  readonly #sockstat6: OptionalFile;
  readonly #pageBytes: number | null;
  readonly #tcp = new SnmpTable('Tcp: ', [
    'ActiveOpens', 'PassiveOpens', 'AttemptFails', 'EstabResets', 'CurrEstab', 'InSegs', 'OutSegs', 'RetransSegs',
  ]); // prettier-ignore
  readonly #udp = new SnmpTable('Udp: ', ['InDatagrams', 'InErrors', 'OutDatagrams']);
  readonly #udp6 = new LabelledNumbers(['Udp6InDatagrams', 'Udp6InErrors', 'Udp6OutDatagrams']);
  readonly #tcpExtended = new SnmpTable('TcpExt: ', ['ListenOverflows']);

  constructor({ clock, procRoot }: LinuxSources) {
    const open = (name: string): OptionalFile => new OptionalFile(clock, join(procRoot, 'net', name));
    [this.#snmp, this.#snmp6, this.#netstat] = [open('snmp'), open('snmp6'), open('netstat')];
    [this.#sockstat, this.#sockstat6] = [open('sockstat'), open('sockstat6')];
    this.#pageBytes = readPageBytes(procRoot);
  }

  read(): CountedSockets {
    const snmp = readText(this.#snmp);
    const tcp = this.#tcp.find(snmp);
    const udp = this.#udp.find(snmp);
    const udp6 = this.#udp6.find(this.#snmp6.read() ?? nothing);
    const inUse = parseSockstat(readText(this.#sockstat), readText(this.#sockstat6));
    const { ActiveOpens, PassiveOpens, AttemptFails, EstabResets, CurrEstab } = tcp;
    const counters = {
      udpSockets: add(inUse.udp, inUse.udp6),
      tcpMemoryBytes:
        inUse.tcpMemoryPages === null || this.#pageBytes === null
          ? null
          : inUse.tcpMemoryPages * this.#pageBytes,
      sentSegments: tcp.OutSegs,
      receivedSegments: tcp.InSegs,
      retransmittedSegments: tcp.RetransSegs,
      activeOpens: ActiveOpens,
      passiveOpens: PassiveOpens,
      failedAttempts: AttemptFails,
      establishedResets: EstabResets,
      listenOverflows: this.#tcpExtended.find(readText(this.#netstat)).ListenOverflows,
      udpReceived: add(udp.InDatagrams, udp6.Udp6InDatagrams),
      udpSent: add(udp.OutDatagrams, udp6.Udp6OutDatagrams),
      udpErrors: add(udp.InErrors, udp6.Udp6InErrors),
    };
    const opened = [ActiveOpens, PassiveOpens, AttemptFails, EstabResets, CurrEstab];
    const fingerprint = opened.includes(null) ? null : `${opened.join(' ')} ${inUse.changing}`;
    return { counters, fingerprint };
  }

  [Symbol.dispose](): void {
    for (const file of [this.#snmp, this.#snmp6, this.#netstat, this.#sockstat, this.#sockstat6]) {
      file[Symbol.dispose]();
    }
  }
}

const nothing = Buffer.alloc(0);

function readText(file: OptionalFile): string {
  return file.read()?.toString('latin1') ?? '';
}

/** What /proc/net/sockstat and sockstat6 tell; `changing` is all of TCP and UDP but the memory that they take. */
export function parseSockstat(
  text: string,
  text6: string,
): { udp: number | null; udp6: number | null; tcpMemoryPages: number | null; changing: string } {
  const [, tcp = '', pages, udp] =
    /^TCP: (inuse \d+ orphan \d+ tw \d+) alloc \d+ mem (\d{1,15})\nUDP: inuse (\d{1,10})\b/m.exec(text) ?? [];
  const [, tcp6 = '', udp6] = /^TCP6: inuse (\d+)\nUDP6: inuse (\d{1,10})\b/m.exec(text6) ?? [];
  const number = (digits: string | undefined): number | null =>
    digits === undefined ? null : Number(digits);
  return {
    udp: number(udp),
    udp6: number(udp6),
    tcpMemoryPages: number(pages),
    changing: `${tcp} ${udp} ${tcp6} ${udp6}`,
  };
}

/** What is not told adds nothing; null where neither is. */
function add(first: number | null, second: number | null): number | null {
  return first === null && second === null ? null : (first ?? 0) + (second ?? 0);
}
