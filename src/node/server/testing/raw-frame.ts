import { randomBytes } from 'node:crypto';

/** Opcodes. Source: RFC 6455 section 11.8. */
export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A WebSocket frame as it may be written, also as it may not. */
export interface FrameParts {
  readonly opcode: number;
  readonly payload?: Buffer | string;
  /** Whether it ends its message. Default true. */
  readonly fin?: boolean;
  /** The three reserved bits, RSV1 the highest. Default 0. */
  readonly reserved?: number;
  /** Clients must mask. Default true. */
  readonly masked?: boolean;
  /** How many bits the length is written with; by default the fewest. */
  readonly lengthBits?: 7 | 16 | 64;
  /** What the header says instead of the payload's length. */
  readonly declaredLength?: bigint;
}

/** A frame that was read. */
export interface RawFrame {
  readonly fin: boolean;
  readonly reserved: number;
  readonly opcode: number;
  readonly masked: boolean;
  readonly payload: Buffer;
}

/** The bytes of a frame, whether or not the protocol allows it. Source: RFC 6455 section 5.2. */
export function createFrame(parts: FrameParts): Buffer {
  const { opcode, fin = true, reserved = 0, masked = true } = parts;
  const payload = Buffer.from(parts.payload ?? '');
  const length = parts.declaredLength ?? BigInt(payload.length);
  const bits = parts.lengthBits ?? (length < 126n ? 7 : length < 65_536n ? 16 : 64);
  const extended = Buffer.alloc(bits === 7 ? 0 : bits / 8);
  if (bits === 16) extended.writeUInt16BE(Number(length));
  if (bits === 64) extended.writeBigUInt64BE(length);
  const short = bits === 7 ? Number(length) : bits === 16 ? 126 : 127;
  const head = Buffer.from([(fin ? 0x80 : 0) | (reserved << 4) | opcode, (masked ? 0x80 : 0) | short]);
  if (!masked) return Buffer.concat([head, extended, payload]);
  const mask = randomBytes(4);
  return Buffer.concat([head, extended, mask, payload.map((byte, index) => byte ^ mask[index % 4]!)]);
}

/** A close frame with a code and bytes for a reason. */
export function createCloseFrame(code: number, reason: Buffer | string = ''): Buffer {
  const payload = Buffer.concat([Buffer.alloc(2), Buffer.from(reason)]);
  payload.writeUInt16BE(code);
  return createFrame({ opcode: opcodes.close, payload });
}

/** The first frame of some bytes and what follows it; null while it is not whole. */
export function parseFrame(bytes: Buffer): { readonly frame: RawFrame; readonly rest: Buffer } | null {
  if (bytes.length < 2) return null;
  const [first, second] = [bytes[0]!, bytes[1]!];
  const masked = second >= 0x80;
  let length = second & 0x7f;
  let at = 2;
  if (length >= 126) {
    at += length === 126 ? 2 : 8;
    if (bytes.length < at) return null;
    length = length === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  }
  if (masked) at += 4;
  if (bytes.length < at + length) return null;
  const mask = bytes.subarray(at - 4, at);
  const written = Buffer.from(bytes.subarray(at, at + length));
  const payload = masked ? written.map((byte, index) => byte ^ mask[index % 4]!) : written;
  return {
    frame: {
      fin: first >= 0x80,
      reserved: (first >> 4) & 7,
      opcode: first & 15,
      masked,
      payload: Buffer.from(payload),
    },
    rest: bytes.subarray(at + length),
  };
}
