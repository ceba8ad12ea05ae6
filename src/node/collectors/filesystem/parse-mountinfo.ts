/** One line of /proc/self/mountinfo that is a file system with storage of its own. */
export interface Mount {
  readonly mountPoint: string;
  readonly device: string;
  readonly type: string;
  readonly readOnly: boolean;
}

/** Types that hold no data of anybody, after the list that df(1) leaves out as well. */
const withoutStorage = new Set([
  'autofs', 'binfmt_misc', 'bpf', 'cgroup', 'cgroup2', 'configfs', 'debugfs', 'devpts', 'devtmpfs', 'efivarfs',
  'fuse.gvfsd-fuse', 'fuse.portal', 'fuse.snapfuse', 'fusectl', 'hugetlbfs', 'mqueue', 'nsfs', 'proc', 'pstore',
  'ramfs', 'rpc_pipefs', 'securityfs', 'selinuxfs', 'squashfs', 'sysfs', 'tmpfs', 'tracefs',
]); // prettier-ignore

/**
 * Parses /proc/self/mountinfo (proc_pid_mountinfo(5)). Keeps one mount of each file system, the one nearest to the
 * root: bind mounts and overlays of containers show the same space again. A root that is an overlay or in memory is
 * kept, for then it is what the user has.
 */
export function parseMountinfo(text: string): Mount[] {
  const byDevice = new Map<string, Mount>();
  for (const line of text.split('\n')) {
    const [before, after] = line.split(' - ', 2);
    const head = before?.split(' ') ?? [];
    const [type, device, superOptions] = after?.split(' ') ?? [];
    const [, , number, , rawPoint, options] = head;
    if (!number || !rawPoint || !options || !type || device === undefined) continue;
    const mountPoint = unescape(rawPoint);
    const isOverlay = type === 'overlay' || withoutStorage.has(type);
    if (isOverlay && mountPoint !== '/') continue;
    // What a container's engine mounts over single files (/etc/hosts) is the host's disk once more.
    const known = byDevice.get(number);
    if (known && known.mountPoint.length <= mountPoint.length) continue;
    const readOnly = options.split(',').includes('ro') || (superOptions ?? '').split(',').includes('ro');
    byDevice.set(number, { mountPoint, device: unescape(device), type, readOnly });
  }
  return [...byDevice.values()].sort((a, b) => (a.mountPoint < b.mountPoint ? -1 : 1));
}

/** Blanks, tabs, line ends and backslashes are written as three octal digits. The bytes they make are UTF-8. */
function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}
