/** Names are anybody's text: no more of one than this. */
const nameLength = 128;
/** Ids of containers as engines make them. */
const containerId = /(?:^|[-/])([0-9a-f]{64})(?:\.scope)?(?:\/|$)/;
/** Units that gather what a person or the system started, which is no application of its own. */
const gatherers = /^(session-[^/]*\.scope|user@\d+\.service|init\.scope|.*\.slice)$/;

/**
 * The container, service or application that a process belongs to, from /proc/PID/cgroup; null where its cgroup names
 * none. Sources: cgroups(7), systemd's CGROUP_DELEGATION, the Desktop Environment Integration of systemd
 * (`app-LAUNCHER-ID-RANDOM.scope`).
 */
export function deriveGroup(cgroupText: string): string | null {
  let unified = '';
  let named = '';
  for (const line of cgroupText.split('\n')) {
    const match = /^\d+:([^:]*):(\/.*)$/.exec(line);
    if (!match) continue;
    const [, controllers, path] = match;
    const container = containerId.exec(path!)?.[1];
    if (container) return `container ${container.slice(0, 12)}`;
    if (controllers === '') unified = path!;
    else if (controllers === 'name=systemd') named = path!;
  }
  return deriveUnit(unified) ?? deriveUnit(named);
}

/** From the innermost unit of a path outwards: the first that is an application, a machine or a service. */
function deriveUnit(path: string): string | null {
  const lxc = /(?:^|\/)(?:lxc\.payload\.|lxc\/)([^/]+)/.exec(path)?.[1];
  if (lxc) return `container ${lxc.slice(0, nameLength)}`;
  for (const unit of path.split('/').reverse()) {
    if (gatherers.test(unit)) continue;
    const application = deriveApplication(unit);
    if (application) return application.slice(0, nameLength);
    if (unit.endsWith('.service')) return unescapeUnit(unit).slice(0, nameLength);
    const machine = /^machine-(.+)\.scope$/.exec(unit)?.[1];
    if (machine) return unescapeUnit(machine).slice(0, nameLength);
  }
  return null;
}

/** `app-gnome-org.mozilla.firefox-4711.scope`, `app-org.kde.dolphin@1f.service`, `snap.firefox.firefox-UUID.scope`. */
function deriveApplication(unit: string): string | null {
  const snap = /^snap\.([^.]+)\..*\.(?:scope|service)$/.exec(unit)?.[1];
  if (snap) return snap;
  const match = /^app-(.+)\.(scope|service)$/.exec(unit);
  if (!match) return null;
  // Dashes of the id itself are escaped, so that those left part it from the launcher and the random end.
  const parts = match[1]!.replace(/@.*$/, '').split('-');
  const id = match[2] === 'scope' && parts.length > 1 ? parts.at(-2)! : parts.at(-1)!;
  return unescapeUnit(id) || null;
}

/** Undoes systemd's `\x2d`; see systemd.unit(5), string escaping. */
function unescapeUnit(text: string): string {
  return text.replaceAll(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
