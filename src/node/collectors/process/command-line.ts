import { commandLength } from '../../../shared/series/raw/process.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** No character of UTF-8 takes more bytes. */
const bytesPerCharacter = 4;

/** How much of /proc/PID/cmdline is worth reading for the table. */
export const commandBytes = commandLength * bytesPerCharacter;

/**
 * The start of a command line from /proc/PID/cmdline, whose arguments end in NUL: joined by blanks, at most
 * `commandLength` characters. It is the process's own text, whatever it wrote there.
 */
export function deriveCommand(bytes: Uint8Array): string {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  const text = decoder.decode(bytes.subarray(0, end)).replaceAll('\0', ' ');
  if (text.length <= commandLength) return text;
  const lastUnit = text.charCodeAt(commandLength - 1);
  // Not between the halves of one character.
  return text.slice(0, lastUnit >= 0xd800 && lastUnit < 0xdc00 ? commandLength - 1 : commandLength);
}

/** The arguments one by one, whole. */
export function parseArguments(bytes: Uint8Array): string[] {
  if (bytes.length === 0) return [];
  const text = decoder.decode(bytes);
  // A process that wrote over its arguments may have left no NUL at the end, or many.
  return text.replace(/\0+$/, '').split('\0');
}
