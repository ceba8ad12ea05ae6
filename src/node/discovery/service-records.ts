import { isIPv6 } from 'node:net';
import type { Answer, Question } from 'dns-packet';

/** What a host says of itself to hosts nearby. No credential is ever among it. */
export interface AnnouncedService {
  readonly name: string;
  readonly instanceId: string;
  readonly version: string;
  readonly protocol: number;
  readonly port: number;
  readonly addresses: readonly string[];
}

/** The type of service that hosts announce. Source: RFC 6763 section 7. */
export const serviceType = '_pulsewire._tcp.local';
const enumerationName = '_services._dns-sd._udp.local';
/** How long others may keep what they were told, in seconds. Source: RFC 6762 section 10. */
const [hostTtl, serviceTtl] = [120, 4_500];
const maxLabelBytes = 63;

/** The records that announce a service, each with `ttl` 0 where it says goodbye. */
export function createServiceRecords(service: AnnouncedService, isGoodbye = false): Answer[] {
  const { instanceId, version, protocol, port, addresses } = service;
  const name = deriveInstanceName(service.name);
  // A name of its own, so that it is no rival of the system's own announcement of the machine's name.
  const target = `pulsewire-${instanceId.slice(0, 12)}.local`;
  const lasting = isGoodbye ? 0 : serviceTtl;
  const brief = isGoodbye ? 0 : hostTtl;
  return [
    { type: 'PTR', name: serviceType, ttl: lasting, data: name },
    { type: 'SRV', name, ttl: brief, flush: true, data: { port, target, priority: 0, weight: 0 } },
    {
      type: 'TXT',
      name,
      ttl: lasting,
      flush: true,
      data: [`id=${instanceId}`, `version=${version}`, `protocol=${protocol}`, 'path=/'],
    },
    ...addresses.map((address): Answer => ({
      type: isIPv6(address) ? 'AAAA' : 'A',
      name: target,
      ttl: brief,
      flush: true,
      data: address,
    })),
  ];
}

/** Which of the records answer a question; the rest go along with them. Null where none does. */
export function deriveAnswers(
  records: readonly Answer[],
  questions: readonly Question[],
): { answers: Answer[]; additionals: Answer[] } | null {
  const asked = (record: Answer): boolean =>
    questions.some(
      ({ name, type }) =>
        isSameName(name, record.name) && (type === record.type || (type as string) === 'ANY'),
    );
  const enumeration: Answer[] = questions.some(({ name }) => isSameName(name, enumerationName))
    ? [{ type: 'PTR', name: enumerationName, ttl: serviceTtl, data: serviceType }]
    : [];
  const answers = [...enumeration, ...records.filter(asked)];
  return answers.length === 0 ? null : { answers, additionals: records.filter((record) => !asked(record)) };
}

/** Whether who asks knows the answer already, for more than half of its time. Source: RFC 6762 section 7.1. */
export function isKnown(records: readonly Answer[], known: readonly Answer[]): boolean {
  const [pointer] = records;
  return known.some(
    (answer) =>
      answer.type === 'PTR' &&
      pointer?.type === 'PTR' &&
      isSameName(answer.name, pointer.name) &&
      isSameName(answer.data, pointer.data) &&
      (answer.ttl ?? 0) > serviceTtl / 2,
  );
}

/** The full name of a host's service. A dot would end the label; at most 63 bytes fit into one. */
export function deriveInstanceName(name: string): string {
  let label = name.replaceAll('.', '-') || 'pulsewire';
  while (Buffer.byteLength(label) > maxLabelBytes) label = label.slice(0, -1);
  return `${label}.${serviceType}`;
}

/** Names are the same in any case. Source: RFC 1035 section 2.3.3. */
export function isSameName(left: unknown, right: string): boolean {
  return typeof left === 'string' && left.toLowerCase() === right.toLowerCase();
}
