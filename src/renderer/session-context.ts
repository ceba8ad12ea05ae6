import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import { TaskScope } from '../shared/lifecycle/task-scope.ts';
import type { Topic } from '../shared/series/raw.ts';
import type { Session, SessionStatus } from './session.ts';
import type { TopicState } from './store/figures.ts';

/** The page's session, for everything below. */
export const SessionContext = createContext<Session | null>(null);

/** The page's session. Throws outside of a SessionContext, which is a defect. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('There is no session here.');
  return session;
}

/** The connection's status; renders again when it changes. */
export function useStatus(): SessionStatus {
  const session = useSession();
  return useSyncExternalStore(session.onStatus, session.status);
}

/** The newest figures of a topic; renders again, at most once a frame, when they change. */
export function useTopic<T extends Topic>(topic: T): TopicState<T> {
  const { store, ticker } = useSession();
  const subscribe = useCallback(
    (changed: () => void) =>
      ticker.onFrame((topics) => {
        if (topics.has(topic)) changed();
      }),
    [ticker, topic],
  );
  return useSyncExternalStore(subscribe, () => store.topic(topic));
}

/** Asks for topics while the caller is on the page. */
export function useDemand(id: string, topics: readonly Topic[], intervalMs: number): void {
  const session = useSession();
  const key = topics.join();
  useEffect(() => {
    session.setDemand(id, { topics: key.split(',') as Topic[], intervalMs });
    return () => session.setDemand(id, null);
  }, [session, id, key, intervalMs]);
}

/** Monotonic time, renewed each second while `running`; for countdowns. */
export function useSecondsTick(running: boolean): number {
  const [nowMs, setNowMs] = useState(() => systemClock.monotonic());
  useEffect(() => {
    if (!running) return undefined;
    const scope = new TaskScope('countdown', { clock: systemClock });
    scope.loop('tick', 250, () => setNowMs(systemClock.monotonic()));
    return () => void scope.close('no longer shown');
  }, [running]);
  return nowMs;
}
