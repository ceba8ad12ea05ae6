import { use } from 'react';
import { SessionContext } from '../session-context.ts';
import { isReadableOnTheWay } from './is-readable-on-the-way.ts';

/** Stays in sight for as long as what is shown comes over the network without encryption; else nothing. */
export function PlainTextWarning() {
  const told = use(SessionContext)?.status().welcome?.transport?.encrypted;
  if (told ?? !isReadableOnTheWay(location)) return null;
  return (
    <div className="plain-warning" role="note" data-testid="plain-warning">
      <strong>Not encrypted.</strong> Others on this network can read this.
    </div>
  );
}
