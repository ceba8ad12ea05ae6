import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useCallback, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Demand } from '../../client/connection-manager.ts';
import { t } from '../../shared/texts/texts.ts';
import { useDemands, useSession } from '../session-context.ts';
import { Icon } from '../design/components/icon.tsx';
import type { CommandRegistry } from './command-registry.ts';
import './commands.css';
import { Keys } from './keys.tsx';
import { derivePalette, type Choice, type ChoiceGroup } from './palette-groups.ts';
import { noteRecent, readRecent } from './recent.ts';
import { findThings } from './things.ts';

/** What has a name and is not asked for on every page. */
const demands: readonly Demand[] = [{ topics: ['process', 'container', 'service'], intervalMs: 5_000 }];
const topics = ['disk', 'network', 'process', 'container', 'service'] as const;

export interface PaletteProps {
  readonly registry: CommandRegistry;
  /** It has gone, and the focus is where it was. */
  readonly onGone: () => void;
}

/**
 * Finds and does whatever the page can do, and whatever the machine has a name for: wholly by keys, as a list that a field
 * filters. What was chosen is done once the palette has gone, so that it may move the focus.
 */
export function Palette({ registry, onGone }: PaletteProps) {
  const [isOpen, setOpen] = useState(true);
  const [query, setQuery] = useState('');
  const chosen = useRef<Choice | null>(null);
  const field = useRef<HTMLInputElement>(null);
  // At once, not when there is time: Enter right after the last letter means what that letter found.
  const groups = useGroups(query, registry);
  const count = groups.reduce((sum, { items }) => sum + items.length, 0);

  const choose = (choice: Choice): void => {
    chosen.current = choice;
    setOpen(false);
  };
  const leave = (): void => {
    onGone();
    if (!chosen.current) return;
    noteRecent(chosen.current.id.replace(/^recent\//, ''));
    chosen.current.run();
  };

  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={setOpen}
      onOpenChangeComplete={(open) => {
        if (!open) leave();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="palette-backdrop" />
        <Dialog.Popup className="palette" initialFocus={field} data-testid="palette">
          <Dialog.Title className="visually-hidden">{t('keys:app.palette')}</Dialog.Title>
          <Autocomplete.Root
            open
            inline
            mode="none"
            items={groups}
            value={query}
            onValueChange={setQuery}
            itemToStringValue={(choice: Choice) => choice.title}
            autoHighlight="always"
            keepHighlight
          >
            <Autocomplete.Input
              ref={field}
              className="palette__field"
              aria-label={t('keys:palette.label')}
              placeholder={t('keys:palette.placeholder')}
              maxLength={100}
              data-testid="palette-field"
            />
            <Autocomplete.Status className="visually-hidden">
              {query === '' ? null : t('keys:palette.count', { count })}
            </Autocomplete.Status>
            <Autocomplete.Empty className="palette__none">
              {count === 0 ? t('keys:palette.none', { query }) : null}
            </Autocomplete.Empty>
            <Autocomplete.List className="palette__list">
              {(group: ChoiceGroup) => (
                <Autocomplete.Group key={group.label} items={group.items} className="palette__group">
                  <Autocomplete.GroupLabel className="palette__label">{group.label}</Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(choice: Choice) => (
                      <Autocomplete.Item
                        key={choice.id}
                        value={choice}
                        className="palette__choice"
                        data-testid="palette-choice"
                        data-name={choice.id}
                        onClick={() => choose(choice)}
                      >
                        <ChoiceLine choice={choice} withKind={query !== ''} />
                      </Autocomplete.Item>
                    )}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function ChoiceLine({
  choice: { title, kind, icon, keys },
  withKind,
}: {
  choice: Choice;
  withKind: boolean;
}) {
  return (
    <>
      {icon !== null && <Icon name={icon} />}
      <span className="palette__title">{title}</span>
      {(withKind || icon !== null) && <span className="palette__kind">{kind}</span>}
      {keys !== null && <Keys keys={keys} />}
    </>
  );
}

/** Found anew for every query, and when the first answer of a topic comes; not each second, under somebody's eyes. */
function useGroups(query: string, registry: CommandRegistry): readonly ChoiceGroup[] {
  useDemands('palette', demands);
  const { store, ticker } = useSession();
  const commands = useSyncExternalStore(registry.onChange, registry.commands);
  const onFrame = useCallback((changed: () => void) => ticker.onFrame(changed), [ticker]);
  const known = useSyncExternalStore(onFrame, () =>
    topics.filter((topic) => store.topic(topic).data !== null).join(),
  );
  const [recent] = useState(readRecent);
  return useMemo(
    () => derivePalette(query, commands, known === '' ? [] : findThings(store), recent),
    [query, commands, known, store, recent],
  );
}
