/** What /proc/PID/stat says of one process; an object of this is filled anew by each parse. */
export interface PidStat {
  pid: number;
  /** Where the name's bytes lie in what was parsed. */
  nameStart: number;
  nameEnd: number;
  state: string;
  parentPid: number;
  isKernelThread: boolean;
  /** utime + stime, which count every thread of the process. */
  cpuTicks: number;
  nice: number;
  threadCount: number;
  startTicks: number;
  residentPages: number;
}

/** PF_KTHREAD of linux/sched.h. */
const kernelThreadFlag = 0x0020_0000;
const space = 0x20;
const minus = 0x2d;
const zero = 0x30;
const nine = 0x39;
const openingBracket = 0x28;
const closingBracket = 0x29;

export function createPidStat(): PidStat {
  return {
    pid: 0, nameStart: 0, nameEnd: 0, state: '', parentPid: 0, isKernelThread: false, cpuTicks: 0, nice: 0,
    threadCount: 0, startTicks: 0, residentPages: 0,
  }; // prettier-ignore
}

/**
 * Parses the first `length` bytes as /proc/PID/stat (proc_pid_stat(5)) into `into`. The name may hold any byte, so that
 * the last closing bracket ends it. Makes no string but the state's letter. False, with `into` in no certain state,
 * where it is cut short or is not of that form.
 */
export function parsePidStat(bytes: Uint8Array, length: number, into: PidStat): boolean {
  const open = bytes.indexOf(openingBracket);
  let close = length - 1;
  while (close >= 0 && bytes[close] !== closingBracket) close--;
  if (open < 2 || open >= close || close + 3 >= length) return false;
  let pid = 0;
  for (let at = 0; at < open - 1; at++) {
    const digit = bytes[at]! - zero;
    if (digit < 0 || digit > 9) return false;
    pid = pid * 10 + digit;
  }
  into.pid = pid;
  into.nameStart = open + 1;
  into.nameEnd = close;
  const state = bytes[close + 2]!;
  if (state <= space || state > 0x7e) return false;
  into.state = String.fromCharCode(state);
  let at = close + 4;
  let cpuTicks = 0;
  // Fields by their numbers in proc_pid_stat(5): 4 is the parent, 24 the resident pages, the last that is wanted.
  for (let field = 4; field <= 24; field++) {
    const isNegative = bytes[at] === minus;
    if (isNegative) at++;
    const start = at;
    let value = 0;
    for (let byte = bytes[at]!; at < length && byte >= zero && byte <= nine; byte = bytes[++at]!) {
      value = value * 10 + (byte - zero);
    }
    // A number that is cut off has nothing behind it.
    if (at === start || at >= length || bytes[at]! > space) return false;
    at++;
    if (isNegative) value = -value;
    switch (field) {
      case 4:
        into.parentPid = Math.max(0, value);
        break;
      case 9:
        // Bit operations are of 32 bits, as this field is.
        into.isKernelThread = (value & kernelThreadFlag) !== 0;
        break;
      case 14:
      case 15:
        cpuTicks += Math.max(0, value);
        break;
      case 19:
        into.nice = value;
        break;
      case 20:
        into.threadCount = Math.max(0, value);
        break;
      case 22:
        into.startTicks = value;
        break;
      case 24:
        into.residentPages = Math.max(0, value);
    }
  }
  into.cpuTicks = cpuTicks;
  return (
    pid > 0 &&
    into.startTicks >= 0 &&
    Number.isSafeInteger(cpuTicks) &&
    Number.isSafeInteger(into.parentPid) &&
    Number.isSafeInteger(into.startTicks) &&
    Number.isSafeInteger(into.residentPages) &&
    Number.isSafeInteger(into.threadCount) &&
    Math.abs(into.nice) <= 20
  );
}
