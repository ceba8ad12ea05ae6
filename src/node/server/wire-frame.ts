import type { Frame } from '../../shared/protocol/index.ts';

const finalText = 0x81;
const finalBinary = 0x82;

const ping = Buffer.from([0x89, 0]);

/** A frame that goes to many, in the two ways in which it goes: the same bytes for each. */
export interface SharedWire {
  readonly alone: Buffer;
  /** With a ping before it. */
  readonly withPing: Buffer;
}

/** Encodes a frame once for all who get it. */
export function encodeSharedWire(frame: Frame): SharedWire {
  const withPing = encode(frame, ping);
  return { alone: withPing.subarray(ping.length), withPing };
}

/**
 * A whole frame as a server sends it, header and payload in one piece, unmasked and unfragmented: text for a string,
 * binary for bytes. Source: RFC 6455 section 5.2.
 */
export function encodeWireFrame(frame: Frame): Buffer {
  return encode(frame, Buffer.alloc(0));
}

function encode(frame: Frame, before: Buffer): Buffer {
  const isText = typeof frame === 'string';
  const length = isText ? Buffer.byteLength(frame) : frame.length;
  const at = before.length;
  const start = at + (length < 126 ? 2 : length < 65_536 ? 4 : 10);
  const wire = Buffer.allocUnsafeSlow(start + length);
  before.copy(wire);
  wire[at] = isText ? finalText : finalBinary;
  if (length < 126) {
    wire[at + 1] = length;
  } else if (length < 65_536) {
    wire[at + 1] = 126;
    wire.writeUInt16BE(length, at + 2);
  } else {
    wire[at + 1] = 127;
    wire.writeBigUInt64BE(BigInt(length), at + 2);
  }
  if (isText) wire.write(frame, start);
  else wire.set(frame, start);
  return wire;
}
