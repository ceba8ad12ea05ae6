import { BusReader, BusWriter, type BusValue } from './bus-value.ts';

/** A question to an object on the bus. Its arguments are texts and lists of texts, which is all that is asked with. */
export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly args: readonly (string | readonly string[])[];
}

/** What came over the bus; anything but answers and errors is of no interest here. */
export interface BusMessage {
  readonly type: 'answer' | 'error' | 'other';
  /** The number of the call that it answers. */
  readonly replyTo: number;
  readonly errorName: string;
  readonly body: readonly BusValue[];
}

/** Numbers of the specification's "Message Format". */
const types = { call: 1, answer: 2, error: 3 } as const;
const fields = { path: 1, interface: 2, member: 3, errorName: 4, replySerial: 5, destination: 6, signature: 8 } as const; // prettier-ignore
/** The one that is asked is not to be started for that. */
const noAutoStart = 2;
const fixedBytes = 16;
/** A list of ten thousand units is well below; the bus itself allows 128 MiB. */
const mostBytes = 16 * 1024 * 1024;

/** A call as the bus wants it. */
export function encodeCall(serial: number, call: BusCall): Buffer {
  const body = new BusWriter();
  for (const arg of call.args) {
    if (typeof arg === 'string') body.text(arg);
    else body.texts(arg);
  }
  const signature = call.args.map((arg) => (typeof arg === 'string' ? 's' : 'as')).join('');
  const header = new BusWriter();
  const field = (code: number, type: 's' | 'o', value: string): void =>
    void header.align(8).byte(code).signature(type).text(value);
  field(fields.path, 'o', call.path);
  field(fields.destination, 's', call.destination);
  field(fields.interface, 's', call.interface);
  field(fields.member, 's', call.member);
  if (signature !== '') header.align(8).byte(fields.signature).signature('g').signature(signature);
  return new BusWriter()
    .byte('l'.charCodeAt(0))
    .byte(types.call)
    .byte(noAutoStart)
    .byte(1)
    .uint(body.length)
    .uint(serial)
    .uint(header.length)
    .raw(header.bytes())
    .align(8)
    .raw(body.bytes())
    .bytes();
}

/** How long the message is that these bytes begin with; null where too few of them have come to tell. */
export function measureMessage(bytes: Buffer): number | null {
  if (bytes.length < fixedBytes) return null;
  const isLittle = readOrder(bytes);
  const uint = (at: number): number => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const length = fixedBytes + Math.ceil(uint(12) / 8) * 8 + uint(4);
  if (length > mostBytes) throw new RangeError('A message of the bus is longer than any that was asked for.');
  return length;
}

/** Reads one whole message. Throws RangeError for what is none. */
export function decodeMessage(bytes: Buffer): BusMessage {
  const isLittle = readOrder(bytes);
  const reader = new BusReader(bytes, isLittle, 12);
  const [headers] = reader.readAll('a(yv)') as [readonly [number, BusValue][]];
  const header = new Map(headers);
  reader.align(8);
  const kind = bytes[1];
  const type = kind === types.answer ? 'answer' : kind === types.error ? 'error' : 'other';
  const signature = header.get(fields.signature);
  return {
    type,
    replyTo: Number(header.get(fields.replySerial) ?? 0),
    errorName: String(header.get(fields.errorName) ?? ''),
    body: type === 'other' || typeof signature !== 'string' ? [] : reader.readAll(signature),
  };
}

function readOrder(bytes: Buffer): boolean {
  const order = bytes[0];
  if (order !== 0x6c && order !== 0x42)
    throw new RangeError('What came over the bus is no message of D-Bus.');
  return order === 0x6c;
}
