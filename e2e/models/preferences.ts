import type { Page } from '@playwright/test';
import type { Preferences } from '../../src/shared/preferences/preferences.ts';

/** Changes preferences as another tab of the same browser would: at once, without loading the page anew. */
export async function choosePreferences(page: Page, wanted: Partial<Preferences>): Promise<void> {
  await page.evaluate((change) => {
    const key = 'pulsewire.preferences';
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as object;
    localStorage.setItem(key, JSON.stringify({ ...kept, ...change }));
    window.dispatchEvent(new StorageEvent('storage', { key }));
  }, wanted);
}
