import type { InvokeCall } from '../../shared/protocol/ipc-channels.ts';
import type { UpdateStatus } from '../../shared/updates/update-status.ts';
import type { Updates } from './updates.ts';

/** Calls that are about updates. */
export type UpdateCall = Extract<
  InvokeCall,
  {
    method: 'updateStatus' | 'checkForUpdates' | 'downloadUpdate' | 'cancelDownload' | 'installUpdate';
  }
>;

/** Does what a page asks for, and answers how it is by then: what takes longer is told as it comes. */
export function answerUpdateCall(updates: Updates, call: UpdateCall): UpdateStatus {
  switch (call.method) {
    case 'updateStatus':
      break;
    case 'checkForUpdates':
      void updates.check();
      break;
    case 'downloadUpdate':
      void updates.download();
      break;
    case 'cancelDownload':
      updates.cancel();
      break;
    case 'installUpdate':
      updates.install(call.params);
  }
  return updates.status();
}
