import type { PulsewireBridge } from '../../../shared/protocol/ipc-channels.ts';
import { parseServerMessage } from '../../../shared/protocol/index.ts';
import type { Sample } from '../../../shared/series/sample.ts';

/** What the tray has read in the last minute, the newest last. None where nobody has, or where it cannot be had. */
export async function readRecent(bridge: PulsewireBridge): Promise<readonly Sample[]> {
  try {
    const messages = (await bridge.invoke('recentFrames')).map(parseServerMessage);
    return messages.filter((message) => message.type === 'snapshot' || message.type === 'sample');
  } catch (error) {
    // Its own connection brings them, too, a second later.
    reportError(error);
    return [];
  }
}
