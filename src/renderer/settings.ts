/** What the page remembers, by the key it is kept under. */
export const settingKeys = {
  preferences: 'pulsewire.preferences',
  token: 'pulsewire.token',
  deviceName: 'pulsewire.device-name',
  recent: 'pulsewire.recent',
} as const;
export type Setting = keyof typeof settingKeys;

/** Stands in where the browser refuses storage (private windows, blocked cookies): kept until the page closes. */
const memory = new Map<string, string>();

/** A remembered setting; null where there is none. */
export function readSetting(setting: Setting): string | null {
  const key = settingKeys[setting];
  try {
    return localStorage.getItem(key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

/** Remembers a setting; null forgets it. */
export function writeSetting(setting: Setting, value: string | null): void {
  const key = settingKeys[setting];
  if (value === null) memory.delete(key);
  else memory.set(key, value);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Kept in memory above.
  }
}
