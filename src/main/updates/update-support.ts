import { isAbsolute, sep } from 'node:path';
import type { UpdateOffReason } from '../../shared/updates/update-status.ts';

/** What decides whether an app can update itself. */
export interface InstalledAs {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  /** The running program. */
  readonly execPath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What electron-builder has put beside the program of a deb or rpm: `resources/package-type`; null where there is none. */
  readonly packageType: string | null;
  /** Text of `resources/app-update.yml`; null where there is none. */
  readonly source: string | null;
  /** Whether a file's folder can be written, so that another can take its place. */
  readonly mayReplace: (path: string) => boolean;
  /** Whether the administrator of the machine wants none. */
  readonly isForbidden: boolean;
}

/** Why an app does not update itself; null where it does. */
export function deriveUpdateOffReason(installed: InstalledAs): UpdateOffReason | null {
  const { platform, isPackaged, environment, packageType, source, mayReplace } = installed;
  if (!isPackaged) return 'development';
  if (packageType === 'deb' || packageType === 'rpm') return packageType;
  if (platform === 'win32' && environment['PORTABLE_EXECUTABLE_FILE'] !== undefined) return 'portable';
  const appImage = findOwnAppImage(installed);
  if (platform === 'linux' && appImage === null) return 'archive';
  if (installed.isForbidden) return 'policy';
  if (!hasUpdateSource(source)) return 'noSource';
  return appImage !== null && !mayReplace(appImage) ? 'readOnly' : null;
}

/**
 * The AppImage that this program runs from; null where it runs from none. Whatever is started from another AppImage, a terminal
 * for one, inherits that one's variables, and must not replace it: only in ours does the program lie in the folder that was mounted.
 */
export function findOwnAppImage({
  platform,
  execPath,
  environment,
}: Pick<InstalledAs, 'platform' | 'execPath' | 'environment'>): string | null {
  const { APPIMAGE: file, APPDIR: mounted } = environment;
  if (platform !== 'linux' || file === undefined || mounted === undefined) return null;
  if (!isAbsolute(file) || !isAbsolute(mounted)) return null;
  return execPath.startsWith(mounted.endsWith(sep) ? mounted : mounted + sep) ? file : null;
}

/** Whether the package says where updates are. A name under `.invalid` never answers (RFC 2606) and stands for nowhere. */
function hasUpdateSource(source: string | null): boolean {
  if (source === null || !/^provider: \S/m.test(source)) return false;
  const [, url] = /^url: ['"]?([^'"\s]+)/m.exec(source) ?? [];
  if (url === undefined) return true;
  return URL.canParse(url) && isUpdateAddressAllowed(url) && !new URL(url).hostname.endsWith('.invalid');
}

/**
 * Whether updates may come from an address: by HTTPS, or from this machine itself. The checksum of a file comes from the same server as the
 * file, so that one who stands between could change both.
 */
export function isUpdateAddressAllowed(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]'].includes(hostname));
}
