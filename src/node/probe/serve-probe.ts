import type { Clock } from '../../shared/lifecycle/clock.ts';
import {
  probeIdleMs,
  readyId,
  type ProbeMethod,
  type ProbeReply,
  type ProbeRequest,
} from './probe-messages.ts';

/** What a probe process answers with, and how. */
export interface ProbeServerOptions {
  readonly clock: Clock;
  readonly methods: Readonly<Partial<Record<ProbeMethod, (params: unknown) => Promise<unknown>>>>;
  readonly reply: (message: ProbeReply) => void;
  /** Called when nothing has been asked for a minute. */
  readonly onIdle: () => void;
}

/**
 * Says that it is ready and returns what takes each question. Questions are answered as each is able to be, in any
 * order; one that hangs holds up none of the others.
 */
export function serveProbe({ clock, methods, reply, onIdle }: ProbeServerOptions): (data: unknown) => void {
  let usedMs = clock.monotonic();
  let underWay = 0;

  const answer = async ({ id, method, params }: ProbeRequest): Promise<void> => {
    underWay++;
    usedMs = clock.monotonic();
    try {
      const call = Object.hasOwn(methods, method) ? methods[method] : undefined;
      if (!call) throw new Error(`The probe process knows no ${String(method)}.`);
      reply({ id, value: await call(params) });
    } catch (thrown) {
      const { code, message } = thrown as { code?: unknown; message?: unknown };
      reply({ id, error: { code: typeof code === 'string' ? code : 'io', message: String(message) } });
    } finally {
      underWay--;
      usedMs = clock.monotonic();
    }
  };

  const endWhenIdle = async (): Promise<void> => {
    for (let leftMs = probeIdleMs; leftMs > 0 || underWay > 0;) {
      await clock.sleep(Math.max(leftMs, 1_000));
      leftMs = usedMs + probeIdleMs - clock.monotonic();
    }
    onIdle();
  };

  void endWhenIdle();
  reply({ id: readyId, value: 'ready' });
  return (data) => void answer(data as ProbeRequest);
}
