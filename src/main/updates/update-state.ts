import type { FoundUpdate, UpdateFailure, UpdateStatus } from '../../shared/updates/update-status.ts';

/** What happens to updates. */
export type UpdateEvent =
  | { readonly type: 'checkBegan' }
  | { readonly type: 'nothingNewer'; readonly atMs: number }
  | { readonly type: 'found'; readonly update: FoundUpdate }
  | { readonly type: 'downloadBegan' }
  | { readonly type: 'received'; readonly bytes: number }
  | { readonly type: 'downloaded' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'planned'; readonly whenQuitting: boolean }
  | { readonly type: 'failed'; readonly why: UpdateFailure };

/** The state after an event. One that makes no sense in a state changes nothing, and gives the same object. */
export function nextUpdateStatus(state: UpdateStatus, event: UpdateEvent): UpdateStatus {
  switch (event.type) {
    case 'checkBegan':
      return mayCheck(state) ? { phase: 'checking' } : state;
    case 'nothingNewer':
      return state.phase === 'checking' ? { phase: 'idle', checkedAtMs: event.atMs } : state;
    case 'found':
      return state.phase === 'checking' ? { phase: 'available', update: event.update } : state;
    case 'downloadBegan': {
      const update = downloadable(state);
      return update ? { phase: 'downloading', update, receivedBytes: 0 } : state;
    }
    case 'received':
      return state.phase === 'downloading' ? { ...state, receivedBytes: event.bytes } : state;
    case 'downloaded':
      return state.phase === 'downloading'
        ? { phase: 'ready', update: state.update, whenQuitting: false }
        : state;
    case 'cancelled':
      return state.phase === 'downloading' ? { phase: 'available', update: state.update } : state;
    case 'planned':
      return state.phase === 'ready' ? { ...state, whenQuitting: event.whenQuitting } : state;
    case 'failed':
      return fail(state, event.why);
  }
}

/** Whether a check may begin: what is known already is not forgotten for one, and one is enough. */
export function mayCheck({ phase }: UpdateStatus): boolean {
  return phase === 'idle' || phase === 'available' || phase === 'failed';
}

/** The version that may be downloaded now; null where there is none. */
export function downloadable(state: UpdateStatus): FoundUpdate | null {
  if (state.phase === 'available') return state.update;
  return state.phase === 'failed' ? state.update : null;
}

function fail(state: UpdateStatus, why: UpdateFailure): UpdateStatus {
  switch (state.phase) {
    case 'checking':
      return { phase: 'failed', during: 'check', why, update: null };
    case 'downloading':
      return { phase: 'failed', during: 'download', why, update: state.update };
    case 'ready':
      return { phase: 'failed', during: 'install', why, update: state.update };
    default:
      return state;
  }
}
