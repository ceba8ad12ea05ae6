import type { PulsewireBridge } from '../shared/protocol/ipc-channels.ts';
import { chooseLanguage } from '../shared/texts/languages.ts';
import { setLanguage } from '../shared/texts/texts.ts';
import { createBridgeKeeper } from './preferences/bridge-keeper.ts';
import { browserKeeper } from './preferences/browser-keeper.ts';
import { keepPreferences, readPreferences } from './preferences/preferences.ts';
import { followLook } from './theme.ts';
import { findBridge } from './transport/find-bridge.ts';

/**
 * Begins a page: its preferences, its look and its language are there before anything is drawn, so that nothing is drawn
 * twice. Resolves with the app's bridge; null in a browser.
 */
export async function startPage(): Promise<PulsewireBridge | null> {
  const bridge = findBridge();
  keepPreferences(bridge ? createBridgeKeeper(bridge) : browserKeeper);
  followLook();
  const { language } = readPreferences();
  const chosen = language === 'system' ? chooseLanguage(navigator.languages) : language;
  document.documentElement.lang = chosen;
  await setLanguage(chosen);
  return bridge;
}
