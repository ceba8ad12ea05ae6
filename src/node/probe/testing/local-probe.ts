import type { Clock } from '../../../shared/lifecycle/clock.ts';
import type { ProbeProcess } from '../probe-client.ts';
import type { ProbeReply } from '../probe-messages.ts';
import { serveProbe, type ProbeServerOptions } from '../serve-probe.ts';

/** A probe process that is none: its methods run here, between the same messages. */
export function createLocalProbe(clock: Clock, methods: ProbeServerOptions['methods']): ProbeProcess {
  const listeners: ((reply: ProbeReply) => void)[] = [];
  const exits: (() => void)[] = [];
  let hasEnded = false;
  const end = (): void => {
    hasEnded = true;
    for (const listener of exits.splice(0)) listener();
  };
  const take = serveProbe({
    clock,
    methods,
    reply: (reply) => {
      if (!hasEnded) for (const listener of listeners) listener(structuredClone(reply));
    },
    onIdle: end,
  });
  return {
    pid: undefined,
    send: (request) => take(structuredClone(request)),
    onMessage: (listener) => void listeners.push(listener),
    onExit: (listener) => void exits.push(listener),
    kill: end,
  };
}
