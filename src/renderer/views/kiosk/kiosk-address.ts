const suffix = '?kiosk';

/** Whether a page's address asks for the wall screen: `#overview?kiosk`. */
export function isKioskAddress(fragment: string): boolean {
  return fragment.endsWith(suffix);
}

/** The address of a page on the wall screen, or as it is otherwise. */
export function kioskAddress(page: string, isKiosk: boolean): string {
  return `#${page}${isKiosk ? suffix : ''}`;
}
