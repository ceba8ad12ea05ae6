import { useContext } from 'react';
import { t } from '../../shared/texts/texts.ts';
import { IconButton } from '../design/components/icon-button.tsx';
import { CommandsContext } from './commands-context.ts';
import { isMac } from './listen-to-keys.ts';
import { nameKeys } from './name-keys.ts';

/** Opens the palette, for whoever does not know its keys or has none. */
export function PaletteButton() {
  const registry = useContext(CommandsContext);
  return (
    <IconButton
      icon="search"
      label={t('keys:app.palette')}
      keys={nameKeys('Mod+K', isMac())}
      data-testid="palette-button"
      onClick={() =>
        registry
          ?.commands()
          .find(({ id }) => id === 'app.palette')
          ?.run()
      }
    />
  );
}
