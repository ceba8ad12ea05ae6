import type { FilesystemRaw } from '../../shared/series/raw/filesystem.ts';

type Space = NonNullable<FilesystemRaw['mounts'][number]['space']>;

/** What can be asked of the probe process: method, parameters, answer. */
export interface ProbeMethods {
  statfs: { readonly params: { readonly path: string }; readonly value: Space };
  systeminformation: { readonly params: { readonly topic: string }; readonly value: unknown };
}
export type ProbeMethod = keyof ProbeMethods;

/** One question to the process, and its answer, which may never come. */
export interface ProbeRequest {
  readonly id: number;
  readonly method: ProbeMethod;
  readonly params: unknown;
}
export type ProbeReply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly code: string; readonly message: string } };

/** The number of the reply that nobody asked for: the process is ready. */
export const readyId = 0;

/** The process ends when nothing has been asked for so long. */
export const probeIdleMs = 60_000;
