import type { Monitor } from '../core/monitor.ts';
import { createSubscriber, type Subscription } from '../core/subscription.ts';
import { parseServerMessage } from '../shared/protocol/index.ts';
import type { Topic } from '../shared/series/raw.ts';
import { TrayFigures } from './tray-figures.ts';
import type { FigureLines } from './tray-menu.ts';

/** Cheap to read, all of them: a handful of files of /proc. */
const trayTopics: readonly Topic[] = ['cpu', 'memory', 'network', 'disk'];
/** A tooltip is looked at now and then; a menu that is open should not flicker. */
const trayIntervalMs = 3_000;

/**
 * Keeps the tray's figures current, as a service of the monitor, for as long as the monitor lives. `onLines`
 * hears of each new reading.
 */
export function feedTray(monitor: Monitor, onLines: (lines: FigureLines) => void): void {
  const figures = new TrayFigures();
  const scope = monitor.tasks.service('tray');
  const onReady = (subscription: Subscription): void => {
    const delivery = subscription.take();
    if (!delivery) return;
    const message = parseServerMessage(delivery.frame);
    if (message.type === 'snapshot' || message.type === 'sample') onLines(figures.read(message));
  };
  const { subscription } = monitor.hub.subscribe(
    { id: 'tray', topics: trayTopics, intervalMs: trayIntervalMs, encoding: 'json', projection: 'whole' },
    createSubscriber(onReady),
  );
  scope.adopt('subscription', subscription);
}
