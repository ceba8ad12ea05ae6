import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { chartWindowsMs } from '../../shared/preferences/preferences.ts';
import { formatDuration } from '../../shared/series/units.ts';
import { t } from '../../shared/texts/texts.ts';
import { useCommands } from '../commands/commands-context.ts';
import { Button } from '../design/components/button.tsx';
import { IconButton } from '../design/components/icon-button.tsx';
import { ToggleGroup } from '../design/components/toggle-group.tsx';
import { useSession, useStatus } from '../session-context.ts';
import { isStale } from '../views/connection-banner.tsx';
import { chooseWindow, deriveChartCommands, togglePause } from './chart-commands.ts';
import { formatAgo } from './time-ticks.ts';

/** What all charts of the page show of time: how far back, whether they stand still and how far behind, and the way back. */
export function ChartToolbar() {
  const session = useSession();
  const { timeView } = session;
  const { windowMs, held, mode } = useSyncExternalStore(timeView.onChange, timeView.state);
  useCommands(useMemo(() => deriveChartCommands(session), [session]));
  return (
    <div
      className="chart-toolbar"
      role="group"
      aria-label={t('charts:toolbar.label')}
      data-testid="chart-toolbar"
      data-mode={mode}
    >
      <ChartState />
      <ToggleGroup
        label={t('charts:toolbar.window')}
        size="small"
        value={windowMs}
        options={chartWindowsMs.map((ms) => ({ value: ms, label: formatAgo(ms / 1_000) }))}
        onChange={(chosen) => chooseWindow(session, chosen)}
        testId="chart-window"
      />
      <span className="chart-toolbar__pause">
        <Button
          size="small"
          icon={held ? 'play' : 'pause'}
          data-testid="chart-pause"
          title={t(held ? 'charts:toolbar.resumeTip' : 'charts:toolbar.pauseTip')}
          onClick={() => togglePause(session)}
        >
          {t(held ? 'charts:toolbar.resume' : 'charts:toolbar.pause')}
        </Button>
      </span>
      <IconButton
        icon="reset"
        size="small"
        label={t('charts:toolbar.reset')}
        data-testid="chart-reset"
        disabled={mode !== 'zoomed'}
        onClick={() => timeView.reset()}
      />
    </div>
  );
}

/** How far what is shown is behind what is known; its place is kept, so that nothing moves when it comes. */
function ChartState() {
  const { timeView, store, ticker } = useSession();
  const { held, mode } = useSyncExternalStore(timeView.onChange, timeView.state);
  const stale = isStale(useStatus());
  const onFrame = useCallback((changed: () => void) => ticker.onFrame(changed), [ticker]);
  const behindSeconds = useSyncExternalStore(onFrame, () =>
    held ? Math.max(0, Math.round((store.nowX - held.toX) / 1_000)) : 0,
  );
  const word = stale && mode === 'following' ? t('charts:state.notLive') : t(`charts:state.${mode}`);
  const isBehind = mode !== 'following' && behindSeconds > 0;
  const text = isBehind
    ? t('charts:state.behind', { state: word, behind: formatDuration(behindSeconds) })
    : mode === 'following' && !stale
      ? ''
      : word;
  return (
    <span className="chart-toolbar__state">
      <span aria-hidden="true" data-testid="chart-state">
        {text}
      </span>
      {/* Said once when it changes, and not each second how far behind. */}
      <span className="visually-hidden" role="status">
        {word}
      </span>
    </span>
  );
}
