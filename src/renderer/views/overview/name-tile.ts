import type { TileId } from '../../../shared/preferences/layout.ts';
import { t } from '../../../shared/texts/texts.ts';

/** What a tile is called. */
export function nameTile(tile: TileId): string {
  return t(`overview:${tile}.title`);
}
