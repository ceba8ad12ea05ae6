import type { Clock } from '../shared/lifecycle/clock.ts';
import type { Limits, Welcome } from '../shared/protocol/index.ts';
import type { Topic } from '../shared/series/raw.ts';
import type { ClientSession } from './client-session.ts';
import type { Grant } from './grant.ts';
import type { MetricsHub } from './metrics-hub.ts';
import type { CloseReason } from './transport.ts';

export type ClientKind = 'window' | 'tray' | 'socket' | 'local';

/** Who a client is and how it is let in. */
export interface AcceptOptions {
  readonly kind: ClientKind;
  readonly address?: string | null;
  /** Whether nobody on the way can read it; left out where it does not leave this machine. */
  readonly encrypted?: boolean | undefined;
  /** Given where the client was let in before its first message: a window, or a token in a header. */
  readonly grant?: Grant | null;
  /** Otherwise asked with the hello's token. Null refuses. */
  readonly authenticate?: (token: string | undefined) => Promise<Grant | null> | Grant | null;
  /** Called once, as soon as it is being shown out: its place may be given away. */
  readonly onDraining?: () => void;
}

/** What answers a `request`. What it returns travels as JSON; a MonitorError as its code and message. */
export type RequestHandler = (params: Readonly<Record<string, unknown>>, session: ClientSession) => unknown;

/** What a session needs of its host. */
export interface SessionHost {
  readonly clock: Clock;
  readonly hub: MetricsHub;
  readonly limits: Limits;
  readonly instanceId: string;
  readonly welcomeHost: Welcome['host'];
  readonly topics: readonly Topic[];
  hasMethod(method: string): boolean;
  minIntervalMs(topic: Topic): number;
  handler(method: string): RequestHandler | undefined;
  /** Told of a method that the client's scope does not allow. */
  noteRefusal(session: ClientSession, method: string): void;
  /** The one way in which a session ends: closes its scope. */
  close(session: ClientSession, reason: CloseReason): Promise<void>;
}
