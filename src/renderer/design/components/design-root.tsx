import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';

/** How long something is pointed at before its tooltip comes; the next ones come at once. */
const tooltipDelayMs = 500;

/**
 * Around everything that a page shows: its components write no style elements, which the content security policy
 * forbids, and tooltips know of each other.
 */
export function DesignRoot({ children }: { readonly children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={tooltipDelayMs}>{children}</Tooltip.Provider>
    </CSPProvider>
  );
}
