import { createContext, useContext } from 'react';

/** What the quick view has done by whoever shows it: the app's main process. */
export interface QuickActions {
  /** Opens a page of the dashboard, by its name. */
  readonly open: (page: string) => void;
  readonly hide: () => void;
  readonly setOnTop: (isOnTop: boolean) => void;
  readonly quit: () => void;
}

/** Without an app around it (a browser) nothing can be done. */
const none: QuickActions = {
  open: () => undefined,
  hide: () => undefined,
  setOnTop: () => undefined,
  quit: () => undefined,
};

export const QuickActionsContext = createContext<QuickActions>(none);

export function useQuickActions(): QuickActions {
  return useContext(QuickActionsContext);
}
