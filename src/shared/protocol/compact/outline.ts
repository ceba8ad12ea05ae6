import { MonitorError } from '../../lifecycle/monitor-error.ts';

/** Maps and arrays in one another: what the messages have is half as deep. */
const maxDepth = 32;

/**
 * Walks one MessagePack value without making anything of it. Throws MonitorError `invalidMessage` where the bytes are
 * not exactly one value, where a header announces more than there are bytes for, where it is nested too deep, or
 * where it has what no message has (binary data, extensions). What passes costs its decoder memory in proportion to
 * its length, whatever it claims.
 *
 * Source: the MessagePack specification, https://github.com/msgpack/msgpack/blob/master/spec.md.
 */
export function checkOutline(bytes: Uint8Array): void {
  const { length } = bytes;
  /** Values that are still to come at each level. */
  const open: number[] = [1];
  let expected = 1;
  let at = 0;
  while (open.length > 0) {
    const level = open.length - 1;
    if (open[level] === 0) {
      open.pop();
      continue;
    }
    open[level]!--;
    expected--;
    if (at >= length) throw malformed('ends too early');
    const head = bytes[at++]!;
    const children = childrenOf(head, bytes, at);
    at += sizeAfter(head, bytes, at);
    // A value has at least one byte.
    expected += children;
    if (at + expected > length) throw malformed('announces more than it has');
    if (children === 0) continue;
    if (open.length > maxDepth) throw malformed('is nested too deep');
    open.push(children);
  }
  if (at !== length) throw malformed('goes on after its end');
}

/** How many values follow a head as parts of it: those of an array, or keys and values of a map. */
function childrenOf(head: number, bytes: Uint8Array, at: number): number {
  if (head >= 0x80 && head <= 0x8f) return 2 * (head - 0x80);
  if (head >= 0x90 && head <= 0x9f) return head - 0x90;
  if (head === 0xdc) return readLength(bytes, at, 2);
  if (head === 0xdd) return readLength(bytes, at, 4);
  if (head === 0xde) return 2 * readLength(bytes, at, 2);
  if (head === 0xdf) return 2 * readLength(bytes, at, 4);
  return 0;
}

/** How many bytes after the head belong to it: a number's, a text's, a length's. */
function sizeAfter(head: number, bytes: Uint8Array, at: number): number {
  if (head < 0xa0 || head >= 0xe0) return 0;
  if (head < 0xc0) return head - 0xa0;
  switch (head) {
    case 0xc0:
    case 0xc2:
    case 0xc3:
      return 0;
    case 0xcc:
    case 0xd0:
      return 1;
    case 0xcd:
    case 0xd1:
    case 0xdc:
    case 0xde:
      return 2;
    case 0xca:
    case 0xce:
    case 0xd2:
    case 0xdd:
    case 0xdf:
      return 4;
    case 0xcb:
    case 0xcf:
    case 0xd3:
      return 8;
    case 0xd9:
      return 1 + readLength(bytes, at, 1);
    case 0xda:
      return 2 + readLength(bytes, at, 2);
    case 0xdb:
      return 4 + readLength(bytes, at, 4);
    default:
      throw malformed('has binary data, which no message has');
  }
}

function readLength(bytes: Uint8Array, at: number, size: 1 | 2 | 4): number {
  let value = 0;
  for (let index = at; index < at + size; index++) {
    if (index >= bytes.length) throw malformed('ends too early');
    value = value * 256 + bytes[index]!;
  }
  return value;
}

function malformed(how: string): MonitorError {
  return new MonitorError('invalidMessage', `The message is not MessagePack: it ${how}.`);
}
