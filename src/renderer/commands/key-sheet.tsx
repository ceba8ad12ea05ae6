import { Dialog } from '@base-ui/react/dialog';
import { useRef, useState, useSyncExternalStore } from 'react';
import { t } from '../../shared/texts/texts.ts';
import { changePreferences, usePreferences } from '../preferences/preferences.ts';
import { commandGroups, keysOf, type KeyHint } from './command.ts';
import type { CommandRegistry } from './command-registry.ts';
import './commands.css';
import { Keys } from './keys.tsx';
import { score } from './rank.ts';

export interface KeySheetProps {
  readonly registry: CommandRegistry;
  readonly onGone: () => void;
}

/** Every key of the page that is shown, by what it is about; and whether keys that type a character do anything. */
export function KeySheet({ registry, onGone }: KeySheetProps) {
  const [isOpen, setOpen] = useState(true);
  const [query, setQuery] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const commands = useSyncExternalStore(registry.onChange, registry.commands);
  const hints = useSyncExternalStore(registry.onChange, registry.hints);
  const { shortcuts } = usePreferences();
  const shown = [...commands, ...hints].filter(
    (each) => keysOf(each).length > 0 && score(query, { title: each.title(), words: keysOf(each) }) > 0,
  );

  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={setOpen}
      onOpenChangeComplete={(open) => {
        if (!open) onGone();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="palette-backdrop" />
        <Dialog.Popup className="key-sheet" initialFocus={field} data-testid="key-sheet">
          <header className="key-sheet__header">
            <Dialog.Title>{t('keys:app.keys')}</Dialog.Title>
            <input
              ref={field}
              type="text"
              value={query}
              aria-label={t('keys:sheet.filter')}
              placeholder={t('keys:sheet.filter')}
              data-testid="key-sheet-field"
              onChange={(event) => setQuery(event.target.value)}
            />
            <Dialog.Close data-testid="key-sheet-close">{t('keys:sheet.close')}</Dialog.Close>
          </header>
          <div className="key-sheet__body" role="region" tabIndex={0} aria-label={t('keys:sheet.list')}>
            {commandGroups.map((group) => (
              <KeyGroup
                key={group}
                title={t(`keys:groups.${group}`)}
                hints={shown.filter((each) => each.group === group)}
              />
            ))}
            {shown.length === 0 && <p className="palette__none">{t('keys:palette.none', { query })}</p>}
          </div>
          <label className="key-sheet__footer">
            <input
              type="checkbox"
              checked={shortcuts === 'on'}
              data-testid="character-keys"
              onChange={(event) => changePreferences({ shortcuts: event.target.checked ? 'on' : 'off' })}
            />
            <span>{t('keys:sheet.characters')}</span>
          </label>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function KeyGroup({ title, hints }: { readonly title: string; readonly hints: readonly KeyHint[] }) {
  if (hints.length === 0) return null;
  return (
    <section className="key-sheet__group">
      <h3>{title}</h3>
      <ul>
        {hints.map((hint) => (
          <li key={hint.id} data-testid="key-line" data-name={hint.id}>
            <span>{hint.title()}</span>
            <span className="key-sheet__keys">
              {keysOf(hint).map((keys) => (
                <Keys key={keys} keys={keys} />
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
