import * as v from 'valibot';
import { boundsSchema, readStateFile, writeStateFile, type Bounds } from './window-state.ts';

/** What is remembered of the quick view. */
export interface QuickViewState {
  /** Whether it was kept on top when the app ended, and is to be again. */
  readonly isOnTop: boolean;
  /** Where it was put while it was on top; null until somebody put it anywhere. */
  readonly onTopBounds: Bounds | null;
}

const quickViewStateSchema = v.object({ isOnTop: v.boolean(), onTopBounds: v.nullable(boundsSchema) });

const nothingKept: QuickViewState = { isOnTop: false, onTopBounds: null };

/** What was kept in `path`, or the defaults: it is only a convenience. */
export function readQuickViewState(path: string): QuickViewState {
  return readStateFile(path, quickViewStateSchema) ?? nothingKept;
}

/** Keeps `state` in `path`, whole or not at all. Throws what the file system throws. */
export function writeQuickViewState(path: string, state: QuickViewState): void {
  writeStateFile(path, state);
}
