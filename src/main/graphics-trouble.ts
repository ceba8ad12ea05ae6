import * as v from 'valibot';
import { readStateFile, writeStateFile } from './window-state.ts';

const troubleSchema = v.object({
  /** Version of the engine with which it was. */
  chromium: v.string(),
  /** Wall clock. */
  sinceMs: v.number(),
});

/** That drawing by graphics hardware kept failing. */
export type GraphicsTrouble = v.InferOutput<typeof troubleSchema>;

/** After this it is tried again: drivers are renewed, and cards changed. */
const rememberedForMs = 14 * 24 * 3_600_000;

/** Until when what is remembered holds (wall clock); null where it holds no more, since time or the engine has moved on. */
export function deriveTroubleEnd(
  trouble: GraphicsTrouble | null,
  chromium: string,
  nowMs: number,
): number | null {
  if (trouble?.chromium !== chromium || trouble.sinceMs > nowMs) return null;
  const endMs = trouble.sinceMs + rememberedForMs;
  return nowMs < endMs ? endMs : null;
}

/** What was kept in `path`; null where there is nothing, or nothing that makes sense: then the hardware is tried. */
export function readGraphicsTrouble(path: string): GraphicsTrouble | null {
  return readStateFile(path, troubleSchema);
}

/** Keeps it in `path`, at once: the app may be about to end by it. Throws what the file system throws. */
export function writeGraphicsTrouble(path: string, trouble: GraphicsTrouble): void {
  writeStateFile(path, trouble);
}
