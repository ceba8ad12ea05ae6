/** One line of /proc/self/mountinfo that is a file system with storage of its own. */
export interface Mount {
  readonly mountPoint: string;
  readonly device: string;
  readonly type: string;
  /** Whether nothing can be written to it, for whatever reason. */
  readonly readOnly: boolean;
  /** Those of the mount, then those of the file system that it does not repeat. */
  readonly options: readonly string[];
}

/** Types that hold no data of anybody, after the list that df(1) leaves out as well. */
const withoutStorage = new Set([
  'autofs', 'binfmt_misc', 'bpf', 'cgroup', 'cgroup2', 'configfs', 'debugfs', 'devpts', 'devtmpfs', 'efivarfs',
  'fuse.gvfsd-fuse', 'fuse.lxcfs', 'fuse.portal', 'fuse.snapfuse', 'fusectl', 'hugetlbfs', 'mqueue', 'nsfs', 'proc',
  'pstore', 'ramfs', 'rootfs', 'rpc_pipefs', 'securityfs', 'selinuxfs', 'squashfs', 'sysfs', 'tmpfs', 'tracefs',
]); // prettier-ignore

/** Where a file system in memory is one that people fill. */
const filledByPeople = new Set(['/', '/tmp']);

/**
 * Options of a file system to which nothing can be written: `ro`, which `errors=remount-ro` sets after an error; since
 * kernel 6.15 ext4 sets `emergency_ro` in its place, and `shutdown` when it was stopped altogether.
 */
const readOnlyOptions = ['ro', 'emergency_ro', 'shutdown'] as const;

/** Single files of the host's disk that an engine mounts into each container. */
const filesOfContainers = new Set(['/etc/hosts', '/etc/hostname', '/etc/resolv.conf']);

interface MountLine extends Mount {
  /** "major:minor" of the file system, the same for each of its mounts. */
  readonly number: string;
  /** Whether this mount alone is read-only: the file system is not. */
  readonly isHeldBack: boolean;
}

/**
 * Parses /proc/self/mountinfo (proc_pid_mountinfo(5)) into one mount of each file system, the one nearest to the
 * root: bind mounts show the same space again, and so do the overlays of containers. Of several mounts on one another
 * the last counts, for it hides the others. A root or /tmp that is in memory is kept, and a root that is an overlay.
 *
 * Where the root is read-only to this process and not in itself, somebody has put a sandbox around it (`ProtectSystem=strict`
 * of systemd does so to every mount), which is no state of this machine: then what the file system itself is counts.
 */
export function parseMountinfo(text: string): Mount[] {
  const byPoint = new Map<string, MountLine>();
  for (const line of text.split('\n')) {
    const mount = parseLine(line);
    if (mount) byPoint.set(mount.mountPoint, mount);
  }
  const byNumber = new Map<string, MountLine>();
  for (const mount of byPoint.values()) {
    if (!hasSpace(mount)) continue;
    const known = byNumber.get(mount.number);
    if (!known || mount.mountPoint.length < known.mountPoint.length) byNumber.set(mount.number, mount);
  }
  const isSandboxed = byPoint.get('/')?.isHeldBack === true;
  return [...byNumber.values()]
    .map(({ number: _, isHeldBack, ...mount }) => (isSandboxed && isHeldBack ? freeMount(mount) : mount))
    .sort((a, b) => (a.mountPoint < b.mountPoint ? -1 : 1));
}

/** Optional fields stand before " - ", as many as there are; what follows it came with kernel 2.6.26. */
function parseLine(line: string): MountLine | null {
  const [before, after] = line.split(' - ', 2);
  const [, , number, , rawPoint, options] = before?.split(' ') ?? [];
  const [type, device, superOptions] = after?.split(' ') ?? [];
  if (!number || !rawPoint || !options || !type || device === undefined) return null;
  const own = (superOptions ?? '').split(',');
  const all = [...new Set([...options.split(','), ...own])].filter((option) => option !== '');
  const readOnly = readOnlyOptions.some((option) => all.includes(option));
  return {
    mountPoint: unescape(rawPoint),
    device: unescape(device),
    type,
    readOnly,
    options: all.map(unescape),
    number,
    isHeldBack: readOnly && !readOnlyOptions.some((option) => own.includes(option)),
  };
}

/** The mount as those see it who are in no sandbox. */
function freeMount(mount: Mount): Mount {
  return {
    ...mount,
    readOnly: false,
    options: ['rw', ...mount.options.filter((option) => !isReadWrite(option))],
  };
}

function isReadWrite(option: string): boolean {
  return option === 'ro' || option === 'rw';
}

function hasSpace({ mountPoint, type }: MountLine): boolean {
  if (filesOfContainers.has(mountPoint)) return false;
  if (type === 'overlay') return mountPoint === '/';
  return type === 'tmpfs' ? filledByPeople.has(mountPoint) : !withoutStorage.has(type) || mountPoint === '/';
}

/** Blanks, tabs, line ends, backslashes and # are written as three octal digits; all else stands as it is. */
function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}
