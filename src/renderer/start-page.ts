import { createBridgeKeeper } from './preferences/bridge-keeper.ts';
import { browserKeeper } from './preferences/browser-keeper.ts';
import { keepPreferences, readPreferences } from './preferences/preferences.ts';
import { deriveSpeech, speak } from './speech.ts';
import { followLook } from './theme.ts';
import { findBridge } from './transport/find-bridge.ts';

/**
 * Begins a page: its preferences, its look and its language are there before anything is drawn, so that nothing is drawn
 * twice.
 */
export async function startPage(): Promise<void> {
  const bridge = findBridge();
  keepPreferences(bridge ? createBridgeKeeper(bridge) : browserKeeper);
  followLook();
  await speak(deriveSpeech(readPreferences()));
}
