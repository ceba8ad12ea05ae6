import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a window was. `bounds` are those it has when it is not maximised. */
export interface WindowState {
  readonly bounds: Bounds;
  readonly maximized: boolean;
}

const coordinate = v.pipe(v.number(), v.safeInteger(), v.minValue(-100_000), v.maxValue(100_000));
const extent = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(100_000));
export const boundsSchema = v.object({ x: coordinate, y: coordinate, width: extent, height: extent });
const windowStateSchema = v.object({ bounds: boundsSchema, maximized: v.boolean() });

/** How much of a window must lie on some display for it to be put where it was. */
const visibleEdge = 64;

/** What was kept in `path`; null where there is nothing, or nothing that makes sense: it is only a convenience. */
export function readWindowState(path: string): WindowState | null {
  return readStateFile(path, windowStateSchema);
}

/** Keeps `state` in `path`, whole or not at all. Throws what the file system throws. */
export function writeWindowState(path: string, state: WindowState): void {
  writeStateFile(path, state);
}

/** What `writeStateFile` kept in `path`; null where there is nothing, or something else. */
export function readStateFile<State>(path: string, schema: v.GenericSchema<unknown, State>): State | null {
  try {
    const result = v.safeParse(schema, JSON.parse(readFileSync(path, 'utf8')));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}

/** Keeps what a window remembers in `path`, as JSON, whole or not at all. Throws what the file system throws. */
export function writeStateFile(path: string, state: object): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  renameSync(temporary, path);
}

/**
 * The bounds for a window that was at `wanted`, on the displays that there are now: moved onto the nearest one
 * where it would be out of reach, and never larger than it. `displays` are work areas, the primary one first.
 */
export function fitBounds(
  wanted: Bounds,
  displays: readonly Bounds[],
  minimum: Pick<Bounds, 'width' | 'height'>,
): Bounds {
  const display = displays.reduce<Bounds | null>(
    (best, area) => (!best || distance(wanted, area) < distance(wanted, best) ? area : best),
    null,
  );
  if (!display) return wanted;
  const width = Math.max(minimum.width, Math.min(wanted.width, display.width));
  const height = Math.max(minimum.height, Math.min(wanted.height, display.height));
  const reachable = displays.some((area) => isReachable({ ...wanted, width, height }, area));
  if (reachable) return { x: wanted.x, y: wanted.y, width, height };
  return {
    x: clamp(wanted.x, display.x, display.x + display.width - width),
    y: clamp(wanted.y, display.y, display.y + display.height - height),
    width,
    height,
  };
}

/** Whether the window's top edge, by which it is moved, can be got hold of. */
function isReachable(window: Bounds, area: Bounds): boolean {
  const visibleWidth = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return visibleWidth >= visibleEdge && window.y >= area.y && window.y <= area.y + area.height - visibleEdge;
}

function distance(window: Bounds, area: Bounds): number {
  const [x, y] = [window.x + window.width / 2, window.y + window.height / 2];
  const dx = Math.max(area.x - x, 0, x - (area.x + area.width));
  const dy = Math.max(area.y - y, 0, y - (area.y + area.height));
  return Math.hypot(dx, dy);
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
