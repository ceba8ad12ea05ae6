import { chartWindowsMs, type ChartWindowMs } from '../../shared/preferences/preferences.ts';
import { t } from '../../shared/texts/texts.ts';
import type { Command } from '../commands/command.ts';
import { changePreferences } from '../preferences/preferences.ts';
import type { Session } from '../session.ts';
import { formatAgo } from './time-ticks.ts';

/** Looks this far back on this page, and on every other from now on. */
export function chooseWindow({ timeView }: Session, windowMs: ChartWindowMs): void {
  timeView.setWindow(windowMs);
  changePreferences({ chartWindowMs: windowMs });
}

/** Holds all charts of the page, or lets them follow again. */
export function togglePause({ timeView, store }: Session): void {
  if (timeView.state().held) timeView.follow();
  else timeView.pause(store.nowX);
}

/** What keys do to all charts of a page, wherever the focus is. */
export function deriveChartCommands(session: Session): readonly Command[] {
  const { timeView, store, charts } = session;
  const around = (): number => {
    const { crosshairX, held } = timeView.state();
    return crosshairX ?? held?.toX ?? store.nowX;
  };
  const step = (count: number): void => {
    const x = charts.leading()?.stepFrom(timeView.state().crosshairX, count) ?? null;
    if (x !== null) timeView.setCrosshair(x);
  };
  const hasChart = (): boolean => charts.leading() !== null;
  const neighbour = (by: 1 | -1): ChartWindowMs | undefined =>
    chartWindowsMs[chartWindowsMs.indexOf(timeView.state().windowMs) + by];
  const command = (id: string, title: () => string, run: () => void, more: Partial<Command>): Command => ({
    id: `charts.${id}`,
    title,
    group: 'charts',
    run,
    ...more,
  });
  return [
    command(
      'pause',
      () => t(timeView.state().held ? 'charts:toolbar.resume' : 'charts:toolbar.pause'),
      () => togglePause(session),
      { keys: 'Space' },
    ),
    command(
      'longer',
      () => t('charts:commands.longer'),
      () => chooseWindow(session, neighbour(1)!),
      { keys: ']', isEnabled: () => neighbour(1) !== undefined },
    ),
    command(
      'shorter',
      () => t('charts:commands.shorter'),
      () => chooseWindow(session, neighbour(-1)!),
      { keys: '[', isEnabled: () => neighbour(-1) !== undefined },
    ),
    ...chartWindowsMs.map((windowMs) =>
      command(
        `window.${windowMs}`,
        () => t('charts:commands.window', { span: formatAgo(windowMs / 1_000) }),
        () => chooseWindow(session, windowMs),
        {},
      ),
    ),
    command(
      'zoomIn',
      () => t('charts:commands.zoomIn'),
      () => timeView.zoomBy(0.5, around(), store.nowX),
      { keys: ['+', '='], isEnabled: hasChart, repeats: true },
    ),
    command(
      'zoomOut',
      () => t('charts:commands.zoomOut'),
      () => timeView.zoomBy(2, around(), store.nowX),
      { keys: '-', isEnabled: hasChart, repeats: true },
    ),
    command(
      'reset',
      () => t('charts:toolbar.reset'),
      () => {
        timeView.setCrosshair(null);
        timeView.reset();
      },
      {
        keys: 'Escape',
        isEnabled: () => timeView.state().mode === 'zoomed' || timeView.state().crosshairX !== null,
      },
    ),
    command(
      'back',
      () => t('charts:commands.back'),
      () => step(-1),
      { keys: 'ArrowLeft', isEnabled: hasChart, repeats: true },
    ),
    command(
      'forth',
      () => t('charts:commands.forth'),
      () => step(1),
      { keys: 'ArrowRight', isEnabled: hasChart, repeats: true },
    ),
    command(
      'backTen',
      () => t('charts:commands.backTen'),
      () => step(-10),
      { keys: 'Shift+ArrowLeft', isEnabled: hasChart, repeats: true },
    ),
    command(
      'forthTen',
      () => t('charts:commands.forthTen'),
      () => step(10),
      { keys: 'Shift+ArrowRight', isEnabled: hasChart, repeats: true },
    ),
  ];
}
