import { t } from '../../shared/texts/texts.ts';

const captions: Readonly<Record<string, () => string>> = {
  Space: () => t('keys:caps.space'),
  Enter: () => t('keys:caps.enter'),
  Escape: () => t('keys:caps.escape'),
  Delete: () => t('keys:caps.delete'),
  Backspace: () => t('keys:caps.backspace'),
  Home: () => t('keys:caps.home'),
  End: () => t('keys:caps.end'),
  PageUp: () => t('keys:caps.pageUp'),
  PageDown: () => t('keys:caps.pageDown'),
  ArrowLeft: () => '←',
  ArrowRight: () => '→',
  ArrowUp: () => '↑',
  ArrowDown: () => '↓',
  Shift: () => t('keys:caps.shift'),
};

/** Keys as they stand on the keyboard, as a command names them: `Mod+K` is `Ctrl+K`, or `⌘+K` on a Mac. */
export function nameKeys(keys: string, isMac: boolean): string {
  const nameOf = (key: string): string => {
    if (key === 'Mod') return isMac ? '⌘' : t('keys:caps.control');
    return captions[key]?.() ?? key;
  };
  return keys
    .split(' ')
    .map((stroke) =>
      stroke
        .split(/\+(?=.)/)
        .map(nameOf)
        .join('+'),
    )
    .join(' ');
}
