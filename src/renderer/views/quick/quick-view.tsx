import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Demand } from '../../../client/connection-manager.ts';
import type { PulsewireBridge } from '../../../shared/protocol/ipc-channels.ts';
import { useDemands } from '../../session-context.ts';
import { QuickActionsContext, type QuickActions } from './quick-actions.ts';
import { quickTopics } from './quick-figures.ts';
import { deriveQuickKey } from './quick-keys.ts';
import { QuickPanel } from './quick-panel.tsx';
import { QuickStrip } from './quick-strip.tsx';
import { markFigures } from './mark-figures.ts';

const demands: readonly Demand[] = [{ topics: quickTopics, intervalMs: 1_000 }];

/** The tray's quick view; a strip where its address says that it is kept on top. Without a bridge nothing can be done. */
export function QuickView({ bridge }: { readonly bridge: PulsewireBridge | null }) {
  useDemands('quick', demands);
  const isOnTop = useSyncExternalStore(onAddress, readsOnTop);
  const actions = useMemo<QuickActions>(() => createActions(bridge), [bridge]);

  useEffect(() => markFigures(document), []);

  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      // Its keys are its own: digits and arrows choose from the list.
      if (event.target instanceof HTMLSelectElement) return;
      const entries = [...document.querySelectorAll<HTMLElement>('[data-entry]')];
      const names = entries.map((entry) => entry.dataset['entry'] ?? '');
      const action = deriveQuickKey(event, names, entries.indexOf(document.activeElement as HTMLElement));
      if (!action) return;
      event.preventDefault();
      if (action.type === 'open') actions.open(action.page);
      else if (action.type === 'hide') actions.hide();
      else entries[action.to]?.focus();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [actions]);

  return (
    <QuickActionsContext value={actions}>{isOnTop ? <QuickStrip /> : <QuickPanel />}</QuickActionsContext>
  );
}

function createActions(bridge: PulsewireBridge | null): QuickActions {
  return {
    open: (page) => void bridge?.invoke('openPage', { page }),
    hide: () => void bridge?.invoke('hideQuickView'),
    setOnTop: (isOnTop) => void bridge?.invoke('setQuickViewOnTop', { isOnTop }),
    quit: () => void bridge?.invoke('quit'),
  };
}

function onAddress(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

function readsOnTop(): boolean {
  return location.hash === '#ontop';
}
