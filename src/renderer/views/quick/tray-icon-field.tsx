import { trayIconChoices, type TrayIconChoice } from '../../../shared/preferences/tray-icon.ts';
import { t } from '../../../shared/texts/texts.ts';
import { changePreferences, usePreferences } from '../../preferences/preferences.ts';

/** What the tray icon shows. The system's own list, which is there at once. */
export function TrayIconField() {
  const { trayIcon } = usePreferences();
  return (
    <label className="quick__choice">
      <span>{t('quick:trayIcon')}</span>
      <select
        value={trayIcon}
        data-testid="quick-tray-icon"
        onChange={(event) => changePreferences({ trayIcon: event.target.value as TrayIconChoice })}
      >
        {trayIconChoices.map((choice) => (
          <option key={choice} value={choice}>
            {t(`tray:icon.${choice}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
