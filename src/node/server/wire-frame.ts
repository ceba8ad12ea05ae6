import type { Frame } from '../../shared/protocol/index.ts';

const finalText = 0x81;
const finalBinary = 0x82;

/**
 * A whole frame as a server sends it, header and payload in one piece, unmasked and unfragmented: text for a string, binary for
 * bytes. Source: RFC 6455 section 5.2.
 */
export function encodeWireFrame(frame: Frame): Buffer {
  const isText = typeof frame === 'string';
  const length = isText ? Buffer.byteLength(frame) : frame.length;
  const headerBytes = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const wire = Buffer.allocUnsafeSlow(headerBytes + length);
  wire[0] = isText ? finalText : finalBinary;
  if (headerBytes === 2) {
    wire[1] = length;
  } else if (headerBytes === 4) {
    wire[1] = 126;
    wire.writeUInt16BE(length, 2);
  } else {
    wire[1] = 127;
    wire.writeBigUInt64BE(BigInt(length), 2);
  }
  if (isText) wire.write(frame, headerBytes);
  else wire.set(frame, headerBytes);
  return wire;
}
