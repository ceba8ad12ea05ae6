import {
  formatBytesPerSecond,
  formatShare,
  formatTrafficPerSecond,
  showText,
  type Shown,
} from '../../shared/series/units.ts';
import { deriveUsedMemoryBytes } from '../../shared/series/used-memory.ts';
import { useTopic } from '../session-context.ts';
import { sumRates, trafficDevices, trafficInterfaces } from '../../shared/series/traffic.ts';
import { freshRates } from '../../shared/series/topic-state.ts';

// The figure beside a page's entry in the navigation: only of what is read on every page anyway. Those who hear the
// page hear the entry's title; the figure is on the page itself.

export function ProcessorFigure() {
  const rates = freshRates(useTopic('cpu'));
  return <EntryFigure shown={formatShare(rates?.status === 'ok' ? rates.total.used : null)} />;
}

export function MemoryFigure() {
  const { data } = useTopic('memory');
  return <EntryFigure shown={formatShare(data && deriveUsedMemoryBytes(data) / data.totalBytes)} />;
}

/** Both ways together. */
export function NetworkFigure() {
  const state = useTopic('network');
  const { data } = state;
  const rates = freshRates(state);
  const known = rates?.status === 'ok' ? rates.interfaces : null;
  const main = trafficInterfaces(data?.interfaces ?? []);
  const sum = sumRates(main, known, (of) => of.rxBytesPerSecond + of.txBytesPerSecond);
  return <EntryFigure shown={formatTrafficPerSecond(sum)} />;
}

/** Both ways together. */
export function DisksFigure() {
  const state = useTopic('disk');
  const { data } = state;
  const rates = freshRates(state);
  const known = rates?.status === 'ok' ? rates.devices : null;
  const main = trafficDevices(data?.devices ?? []);
  const sum = sumRates(main, known, (of) => of.readBytesPerSecond + of.writtenBytesPerSecond);
  return <EntryFigure shown={formatBytesPerSecond(sum)} />;
}

function EntryFigure({ shown }: { readonly shown: Shown }) {
  return (
    <span className="navigation__figure" aria-hidden="true">
      {showText(shown)}
    </span>
  );
}
