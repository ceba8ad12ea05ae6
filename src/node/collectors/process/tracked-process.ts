/** One process as the table knows it between its readings. */
export class TrackedProcess {
  readonly pid: number;
  readonly statPath: string;
  readonly statmPath: string;
  readonly ioPath: string;
  /** Kept open between readings; -1 while it is not. */
  statDescriptor = -1;
  /** In which listing it was last there. */
  listing = 0;
  /** Whether it was ever read: a process that hides all of itself is no row. */
  known = false;
  startTicks = 0;
  parentPid = 0;
  name = '';
  command = '';
  user = '';
  group = '';
  state = '';
  threadCount = 0;
  nice = 0;
  cpuTicks = 0;
  residentBytes = 0;
  /** The pages of /proc/PID/stat when memory was last read. */
  statPages = 0;
  /** Null unless they were read together with the rest. */
  readBytes: number | null = null;
  writtenBytes: number | null = null;
  /** Monotonic time of the last reading. */
  readAtMs = 0;
  /** From when on it is to be read again. */
  dueMs = 0;
  /** How many readings in a row showed that it had done nothing. */
  idleReads = 0;
  /** For how many readings its traffic is still wanted. */
  ioReads = 0;
  ioForbidden = false;
  /** When its command line, user and group are to be read again, and what time it had used when they were. */
  factsDueMs = 0;
  factsTicks = 0;

  constructor(procRoot: string, pid: number) {
    this.pid = pid;
    this.statPath = `${procRoot}/${pid}/stat`;
    this.statmPath = `${procRoot}/${pid}/statm`;
    this.ioPath = `${procRoot}/${pid}/io`;
  }
}
