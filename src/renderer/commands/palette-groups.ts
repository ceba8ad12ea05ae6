import { t } from '../../shared/texts/texts.ts';
import { commandGroups, keysOf, type Command } from './command.ts';
import { isEnabled } from './command-registry.ts';
import { rank } from './rank.ts';
import type { Thing } from './things.ts';

/** One line of the palette. */
export interface Choice extends Thing {
  /** Its first keys; null where it has none. */
  readonly keys: string | null;
}

export interface ChoiceGroup {
  readonly label: string;
  readonly items: readonly Choice[];
}

/** More than anybody reads through: the next letter leaves fewer. */
const most = 40;

/**
 * What the palette offers: without a query what was chosen lately and every command, with one all that answers it, commands and
 * things of the machine alike, the best first. Empty where nothing does.
 */
export function derivePalette(
  query: string,
  commands: readonly Command[],
  things: readonly Thing[],
  recent: readonly string[],
): readonly ChoiceGroup[] {
  // The palette itself is open already.
  const offered = commands.filter((command) => command.id !== 'app.palette' && isEnabled(command));
  const all = [...offered.map(toChoice), ...things.map((thing): Choice => ({ ...thing, keys: null }))];
  const late = recent.flatMap((id) => all.find((choice) => choice.id === id) ?? []);
  if (query.trim() !== '') {
    const found = rank(query, [...late, ...all.filter((choice) => !late.includes(choice))], most);
    return found.length === 0 ? [] : [{ label: t('keys:palette.found'), items: found }];
  }
  const groups = commandGroups.map((group) => ({
    label: t(`keys:groups.${group}`),
    items: offered.filter((command) => command.group === group).map(toChoice),
  }));
  return [
    {
      label: t('keys:palette.recent'),
      items: late.map((choice) => ({ ...choice, id: `recent/${choice.id}` })),
    },
    ...groups,
  ].filter(({ items }) => items.length > 0);
}

function toChoice(command: Command): Choice {
  return {
    id: command.id,
    title: command.title(),
    kind: t(`keys:groups.${command.group}`),
    icon: null,
    keys: keysOf(command)[0] ?? null,
    words: [t(`keys:groups.${command.group}`)],
    run: () => command.run(),
  };
}
