import { appOrigin } from './renderer-files.ts';

/** Whether a page may have a permission: writing what it made itself to the clipboard, and only a page of ours. */
export function mayCopy(permission: string, address: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOurs(address);
}

/** Whether a file that is to be saved was made in a page of ours, and does not come from somewhere else. */
export function isOwnFile(address: string): boolean {
  return address.startsWith('blob:') && isOurs(address.slice('blob:'.length));
}

function isOurs(address: string): boolean {
  return address === appOrigin || address.startsWith(`${appOrigin}/`);
}
