const blank = 0x20;
const zero = 0x30;

/** Parses the second figure of /proc/PID/statm (proc_pid_statm(5)), in pages; null where it is not of that form. */
export function parseResidentPages(bytes: Uint8Array, length: number): number | null {
  let at = bytes.indexOf(blank) + 1;
  if (at < 2) return null;
  let pages = 0;
  const start = at;
  for (; at < length && bytes[at] !== blank; at++) {
    const digit = bytes[at]! - zero;
    if (digit < 0 || digit > 9) return null;
    pages = pages * 10 + digit;
  }
  return at > start && at < length && Number.isSafeInteger(pages) ? pages : null;
}
