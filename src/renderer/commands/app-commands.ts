import { t } from '../../shared/texts/texts.ts';
import { openAddress, parseAddress } from '../views/address.ts';
import type { Command } from './command.ts';

/** What the page's own dialogs are opened with. */
export interface Opening {
  readonly palette: () => void;
  readonly keys: () => void;
}

/** What every page can do. */
export function deriveAppCommands({ palette, keys }: Opening): readonly Command[] {
  return [
    { id: 'app.palette', title: () => t('keys:app.palette'), group: 'app', keys: 'Mod+K', run: palette },
    { id: 'app.keys', title: () => t('keys:app.keys'), group: 'app', keys: '?', run: keys },
    {
      id: 'app.filter',
      title: () => t('keys:app.filter'),
      group: 'app',
      keys: '/',
      run: () => {
        const field = document.querySelector<HTMLInputElement>('main [data-page-filter]');
        if (!field) palette();
        else {
          field.focus();
          field.select();
        }
      },
    },
    {
      id: 'app.back',
      title: () => t('keys:app.back'),
      group: 'app',
      keys: 'Escape',
      isEnabled: () => !['', 'overview'].includes(parseAddress(location.hash).page),
      run: () => openAddress('overview'),
    },
  ];
}
