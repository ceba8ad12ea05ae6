import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';

/** Why what was asked for was not done, and what to do about it where that is known. */
export interface Refusal {
  /** Whether the host said no. */
  readonly isRefused: boolean;
  /** In the host's words, or the client's own: English, whatever language the page is in. */
  readonly text: string;
  readonly remedy: string | null;
}

/** Why a request came to nothing, in words. */
export function describeRefusal(thrown: unknown): Refusal {
  const { code, message, remedy } = MonitorError.from(thrown);
  // Of these the host never said no: whether anything was done is in the message.
  const unanswered = code === 'timeout' || code === 'unavailable' || code === 'closed';
  return { isRefused: !unanswered, text: message, remedy };
}
