import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { systemClock } from '../shared/lifecycle/system-clock.ts';
import { TaskScope } from '../shared/lifecycle/task-scope.ts';
import type { Topic } from '../shared/series/raw.ts';
import type { Session, SessionStatus } from './session.ts';
import type { TopicState } from '../shared/series/topic-state.ts';
import { notGrantedTopic } from './store/figures.ts';
import type { Demand } from '../client/connection-manager.ts';

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

/** The newest figures of a topic, or that the host does not grant it; renders again, at most once a frame, when they change. */
export function useTopic<T extends Topic>(topic: T): TopicState<T> {
  const { store, ticker } = useSession();
  const { welcome } = useStatus();
  const subscribe = useCallback(
    (changed: () => void) =>
      ticker.onFrame((topics) => {
        if (topics.has(topic)) changed();
      }),
    [ticker, topic],
  );
  const state = useSyncExternalStore(subscribe, () => store.topic(topic));
  return welcome?.capabilities.topics.includes(topic) === false ? notGrantedTopic : state;
}

/** Asks for topics while the caller is on the page. `demands` is a constant: asked for anew when it is another object. */
export function useDemands(id: string, demands: readonly Demand[]): void {
  const session = useSession();
  useEffect(() => {
    demands.forEach((demand, at) => session.setDemand(`${id}/${at}`, demand));
    return () => demands.forEach((_demand, at) => session.setDemand(`${id}/${at}`, null));
  }, [session, id, demands]);
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
