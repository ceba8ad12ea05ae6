/** The dashboard's pages by their names in an address, in the order of the navigation. */
export const pageNames = [
  'overview',
  'processor',
  'memory',
  'disks',
  'network',
  'processes',
  'sensors',
  'graphics',
  'containers',
  'services',
  'host',
  'sharing',
  'viewers',
  'cost',
  'diagnostics',
  'settings',
] as const;
export type PageName = (typeof pageNames)[number];

/** Whether a text is the name of a page. */
export function isPageName(text: string): text is PageName {
  return (pageNames as readonly string[]).includes(text);
}
