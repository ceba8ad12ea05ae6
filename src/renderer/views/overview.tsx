import { useEffect, useMemo, useRef } from 'react';
import { t } from '../../shared/texts/texts.ts';
import { useCommands } from '../commands/commands-context.ts';
import { IconButton } from '../design/components/icon-button.tsx';
import { ArrangeBar } from './overview/arrange/arrange-bar.tsx';
import { ArrangingContext, useArrangement } from './overview/arrange/arranging.ts';
import { deriveLayoutCommands } from './overview/arrange/layout-commands.ts';
import { BusyStrip } from './overview/busy-strip.tsx';
import { TileGrid } from './overview/tile-grid.tsx';

/** Everything vital of one host on one screen: what is busy, and a tile for each subject, as somebody arranged them. */
export function Overview() {
  const arranging = useArrangement();
  const { isOn, setOn } = arranging;
  const button = useRef<HTMLButtonElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const wasOn = useRef(false);
  useCommands(useMemo(() => deriveLayoutCommands(arranging), [arranging]));

  // Who arranges by keys begins at the first tile, and comes back to where it was asked for.
  useEffect(() => {
    if (isOn) content.current?.querySelector<HTMLElement>('.tile-handle')?.focus();
    else if (wasOn.current) button.current?.focus();
    wasOn.current = isOn;
  }, [isOn]);

  return (
    <ArrangingContext value={arranging}>
      <div ref={content} className="overview" data-testid="overview" data-arranging={isOn}>
        <div className="overview__head">
          <BusyStrip />
          <IconButton
            ref={button}
            icon="layout"
            variant="plain"
            label={t('layout:commands.arrange')}
            keys="A"
            isPressed={isOn}
            data-testid="arrange"
            onClick={() => setOn(!isOn)}
          />
        </div>
        {isOn && <ArrangeBar />}
        <TileGrid />
      </div>
    </ArrangingContext>
  );
}
