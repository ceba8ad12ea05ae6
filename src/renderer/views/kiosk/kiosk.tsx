import { useEffect, useMemo, useRef, useState } from 'react';
import type { Demand } from '../../../client/connection-manager.ts';
import { formatTime } from '../../../shared/series/units.ts';
import { t } from '../../../shared/texts/texts.ts';
import { useCommands } from '../../commands/commands-context.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { useDemands, useSession, useStatus } from '../../session-context.ts';
import { StandardLayoutContext } from '../overview/arrange/arranging.ts';
import { presetLayout } from '../overview/arrange/presets.ts';
import type { Page } from '../pages.ts';
import { KioskBar } from './kiosk-bar.tsx';
import { isDimmed } from './kiosk-dim.ts';
import { KioskNotice } from './kiosk-notice.tsx';
import { deriveShift } from './kiosk-shift.ts';
import { startKioskTurns } from './kiosk-turns.ts';
import { useKioskScreen } from './use-kiosk-screen.ts';

export interface KioskProps {
  /** Those that this viewer has. */
  readonly pages: readonly Page[];
  /** Where it was entered: shown alone where no pages are chosen. */
  readonly entered: Page;
  readonly onLeave: () => void;
}

/** Unless somebody has arranged the overview themselves. */
const wallLayout = presetLayout('wall');

/**
 * The dashboard on a wall: one page at a time, large, without anything to be clicked; the screen kept awake, nothing left
 * standing on the same pixels, and what is not current said so that it is read from across the room.
 */
export function Kiosk({ pages, entered, onLeave }: KioskProps) {
  const { clock } = useSession();
  const { kioskPages, kioskTurnSeconds, kioskDim } = usePreferences();
  const { welcome, connection } = useStatus();
  const shown = useMemo(() => {
    const chosen = pages.filter(({ name }) => kioskPages.includes(name));
    return chosen.length > 0 ? chosen : [entered];
  }, [pages, kioskPages, entered]);
  const [turn, setTurn] = useState(0);
  const [minute, setMinute] = useState(0);
  const content = useRef<HTMLElement>(null);
  const screen = useKioskScreen(onLeave);
  const page = shown[turn % shown.length]!;

  // Of all that are shown in turn, so that none comes up with a hole in its charts.
  useDemands(
    'kiosk',
    useMemo<readonly Demand[]>(() => shown.flatMap(({ demands }) => demands), [shown]),
  );
  useCommands(
    useMemo(
      () => [
        {
          ...({ id: 'view.leaveKiosk', group: 'view', keys: ['Escape', 'g k'] } as const),
          title: () => t('kiosk:leave'),
          run: onLeave,
        },
      ],
      [onLeave],
    ),
  );

  useEffect(
    () =>
      startKioskTurns({
        clock,
        turnSeconds: kioskTurnSeconds,
        onTurn: () => {
          if (!scrollOn(content.current)) setTurn((now) => now + 1);
        },
        onMinute: () => setMinute((now) => now + 1),
      }),
    [clock, kioskTurnSeconds],
  );

  useEffect(() => {
    content.current?.scrollTo(0, 0);
  }, [page]);

  useEffect(() => {
    document.documentElement.dataset['kiosk'] = '';
    return () => {
      delete document.documentElement.dataset['kiosk'];
    };
  }, []);

  const { x, y } = deriveShift(minute);
  const nowWallMs = clock.wall();
  const isStill = connection.phase === 'live';
  const isNight = isDimmed(kioskDim, new Date(nowWallMs).getHours());
  return (
    <div
      className={screen.isAttended ? 'kiosk is-attended' : 'kiosk'}
      data-testid="kiosk"
      data-wake-lock={screen.wakeLock}
    >
      <div
        className="page kiosk__picture"
        data-page={page.name}
        data-testid="kiosk-picture"
        style={{ transform: `translate(${x}px, ${y}px)` }}
      >
        <header className="kiosk__head">
          <h1>{welcome?.host.name ?? t('appName')}</h1>
          <p>{page.title}</p>
          <time className="kiosk__clock">{formatTime(nowWallMs, 'minutes')}</time>
        </header>
        <main
          ref={content}
          className={isStill ? 'page__body kiosk__body' : 'page__body kiosk__body is-stale'}
          aria-label={page.title}
        >
          <StandardLayoutContext value={wallLayout}>
            <page.component key={page.name} />
          </StandardLayoutContext>
        </main>
        <KioskNotice />
      </div>
      {isNight && <div className="kiosk__night" data-testid="kiosk-night" />}
      <KioskBar pages={pages} shown={shown} screen={screen} onLeave={onLeave} />
    </div>
  );
}

/** Shows the next part of what is longer than the screen; false at its end. */
function scrollOn(element: HTMLElement | null): boolean {
  if (!element || element.scrollTop + element.clientHeight >= element.scrollHeight - 8) return false;
  element.scrollBy(0, element.clientHeight * 0.9);
  return true;
}
