import { appOrigin } from './renderer-files.ts';

/** To copy what a chart gives, and what a wall screen needs: the whole screen, and that it stays on. */
const granted: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen', 'screen-wake-lock']);

/** Whether a page may have a permission: writing what it made itself to the clipboard, and only a page of ours. */
export function isGranted(permission: string, address: string): boolean {
  return granted.has(permission) && isOurs(address);
}

/** Whether a file that is to be saved was made in a page of ours, and does not come from somewhere else. */
export function isOwnFile(address: string): boolean {
  return address.startsWith('blob:') && isOurs(address.slice('blob:'.length));
}

function isOurs(address: string): boolean {
  return address === appOrigin || address.startsWith(`${appOrigin}/`);
}
