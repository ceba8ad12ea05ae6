const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];
const names: Readonly<Record<Theme, string>> = { system: 'System', light: 'Light', dark: 'Dark' };
const key = 'pulsewire-guides-theme';

/** Makes a button that goes through the themes; the choice is kept in this browser. */
export function offerThemes(button: HTMLButtonElement): void {
  const show = (theme: Theme): void => {
    document.documentElement.dataset['theme'] = theme;
    button.textContent = names[theme];
    button.setAttribute('aria-label', `Theme: ${names[theme]}. Change it`);
  };
  let theme = readTheme();
  show(theme);
  button.hidden = false;
  button.addEventListener('click', () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length]!;
    show(theme);
    try {
      localStorage.setItem(key, theme);
    } catch {
      // A browser that keeps nothing: it holds until the next page.
    }
  });
}

function readTheme(): Theme {
  try {
    const kept = localStorage.getItem(key);
    return themes.find((theme) => theme === kept) ?? 'system';
  } catch {
    // A browser that keeps nothing has none that was chosen.
    return 'system';
  }
}
