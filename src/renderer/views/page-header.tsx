import { formatDuration } from '../../shared/series/units.ts';
import { useSession, useStatus, useTopic } from '../session-context.ts';
import { choices, type Preferences } from '../../shared/preferences/preferences.ts';
import { changePreferences, usePreferences } from '../preferences/preferences.ts';
import { ConnectionPill } from './connection-banner.tsx';

/** Which machine this is and how it is connected. */
export function PageHeader() {
  const { welcome } = useStatus();
  const { data: host } = useTopic('host');
  return (
    <header className="page-header">
      <div className="page-header__host">
        <Mark />
        <div>
          <h1 data-testid="page-host">{host?.hostname ?? welcome?.host.name ?? 'Pulsewire'}</h1>
          <p>
            {host ? (
              <>
                <AccessEnd />
                <span className="page-header__system">{host.operatingSystem}</span>
                <span data-testid="host-uptime">up {formatDuration(host.uptimeSeconds)}</span>
              </>
            ) : (
              <span>Waiting for figures</span>
            )}
          </p>
        </div>
      </div>
      <div className="page-header__tools">
        <ConnectionPill />
        <ThemeToggle />
      </div>
    </header>
  );
}

/** From here on it is worth saying that access ends. */
const soonMs = 24 * 3_600_000;

/** How much longer this device is let in, where that is less than a day: a guest, or one that may act. */
function AccessEnd() {
  const { accessEndsWallMs } = useStatus();
  const { store } = useSession();
  const leftMs = (accessEndsWallMs ?? Infinity) - store.nowX;
  if (!(leftMs > 0 && leftMs < soonMs)) return null;
  return (
    <span className="page-header__end" data-testid="access-end">
      let in for {leftMs < 60_000 ? 'less than a minute' : formatMinutes(leftMs)}
    </span>
  );
}

/** Hours and minutes, without seconds that would only make it restless. */
function formatMinutes(leftMs: number): string {
  return formatDuration(Math.floor(leftMs / 60_000) * 60).replace(/ 0 (s|min)$/, '');
}

const themeWords: Readonly<Record<Preferences['theme'], string>> = {
  system: 'Theme: as the system',
  light: 'Theme: light',
  dark: 'Theme: dark',
};

function ThemeToggle() {
  const { theme } = usePreferences();
  const next = choices.theme[(choices.theme.indexOf(theme) + 1) % choices.theme.length]!;
  return (
    <button
      type="button"
      className="icon-button"
      data-testid="theme-toggle"
      data-theme-choice={theme}
      title={themeWords[theme]}
      aria-label={themeWords[theme]}
      onClick={() => changePreferences({ theme: next })}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        {theme === 'light' && (
          <path d="M10 3V1m0 18v-2M3 10H1m18 0h-2M5 5 3.6 3.6m12.8 12.8L15 15M5 15l-1.4 1.4M16.4 3.6 15 5M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7Z" />
        )}
        {theme === 'dark' && <path d="M16.5 12.5A7 7 0 0 1 7.5 3.5a7 7 0 1 0 9 9Z" />}
        {theme === 'system' && (
          <>
            <circle cx="10" cy="10" r="7" />
            <path className="filled" d="M10 3a7 7 0 0 1 0 14Z" />
          </>
        )}
      </svg>
    </button>
  );
}

/** The product's mark. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M5 17h5l3-8 5 15 4-10 2 3h3" />
    </svg>
  );
}
