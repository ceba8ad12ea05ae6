import { createContext, useContext, type ReactNode } from 'react';
import type { Topic } from '../../../shared/series/raw.ts';
import type { TopicState } from '../../../shared/series/topic-state.ts';
import { SectionCard } from '../section-card.tsx';

/** How much room a tile has, by which it chooses what it shows. */
export interface TileRoom {
  /** Of the chart: with a scale from `medium` on, with a time axis where it is `large`. */
  readonly chart: 'small' | 'medium' | 'large';
}

/** Set by whoever places the tile. */
export const TileRoomContext = createContext<TileRoom>({ chart: 'small' });

/** The room of the tile around the caller. */
export function useTileRoom(): TileRoom {
  return useContext(TileRoomContext);
}

export interface TileProps<T extends Topic> {
  readonly title: string;
  readonly area: string;
  /** Name of the page that tells more. */
  readonly page: string;
  readonly state: TopicState<T>;
  /** Between what its main figure moved in the time that is shown. */
  readonly range?: { readonly short: string; readonly long: string } | null;
  readonly children: (data: NonNullable<TopicState<T>['data']>) => ReactNode;
}

/** One subject of the overview: its figure, its course, its range; its title leads to its page. */
export function Tile<T extends Topic>({ title, area, page, state, range, children }: TileProps<T>) {
  const aside = range && (
    <span className="tile__range" title={range.long} data-testid="range">
      {range.short}
    </span>
  );
  return (
    <SectionCard title={title} href={`#${page}`} area={area} state={state} aside={aside}>
      {children}
    </SectionCard>
  );
}

export interface TileHeroProps {
  readonly children: ReactNode;
  /** What the figure is of; one line. */
  readonly note?: ReactNode;
}

/** The figure that is read from across the room. */
export function TileHero({ children, note }: TileHeroProps) {
  return (
    <p className="tile__hero">
      {children}
      {note !== undefined && <span className="tile__note">{note}</span>}
    </p>
  );
}

/** One line of exact values, cut off where there is no room. */
export function TileLine({ children }: { readonly children: ReactNode }) {
  return <p className="tile__line">{children}</p>;
}
