import { Decoder, Encoder } from '@msgpack/msgpack';
import { MonitorError } from '../../lifecycle/monitor-error.ts';
import { checkOutline } from './outline.ts';

/** Properties without a value are left out, as JSON leaves them out. */
const encoder = new Encoder({ ignoreUndefined: true });
const decoder = new Decoder();

/**
 * A value as JSON would carry it, in MessagePack. The bytes are the caller's. Give it what `derivePlain` made, or
 * what consists of such.
 */
export function encodeValue(value: unknown): Uint8Array<ArrayBuffer> {
  return encoder.encode(value);
}

/**
 * The one value that the bytes are: null, booleans, numbers, texts, arrays and plain objects. Throws MonitorError
 * `invalidMessage` for everything else, and is quick and small about it.
 */
export function decodeValue(bytes: Uint8Array): unknown {
  checkOutline(bytes);
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new MonitorError('invalidMessage', 'The message is not MessagePack as it is used here.', { cause });
  }
}

/**
 * The value as JSON would carry it: no undefined, no number that is not finite, and no half of a surrogate pair,
 * which UTF-8 cannot say (U+FFFD stands for it).
 */
export function derivePlain(value: unknown): unknown {
  if (typeof value === 'string') return derivePlainText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (Array.isArray(value)) return value.map(derivePlain);
  const plain: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) plain[derivePlainText(key)] = derivePlain(item);
  }
  return plain;
}

function derivePlainText(text: string): string {
  return /[\ud800-\udfff]/.test(text) ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text;
}
