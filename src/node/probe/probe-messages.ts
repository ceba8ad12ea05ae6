import type { FilesystemRaw } from '../../shared/series/raw/filesystem.ts';
import type { ProcessDetails } from '../../shared/series/raw/process.ts';
import type { InspectParams } from '../process/inspect-process.ts';
import type { GpuDeviceRaw } from '../../shared/series/raw/gpu.ts';

type Space = NonNullable<FilesystemRaw['mounts'][number]['space']>;

/** The text of each file, trimmed, null where it could not be read; and how long the slowest of them took. */
export interface FileTexts {
  readonly texts: readonly (string | null)[];
  readonly slowestMs: number;
}

/** What an engine says of a container that runs. */
export interface NamedContainer {
  readonly id: string;
  readonly name: string | null;
  readonly image: string | null;
}

/** What systemd says of its services, its states in its own words. */
export interface SystemdUnits {
  readonly systemState: string | null;
  readonly units: readonly {
    readonly name: string;
    readonly description: string | null;
    readonly state: string;
    readonly detail: string | null;
  }[];
}

/** What can be asked of the probe process: method, parameters, answer. */
export interface ProbeMethods {
  statfs: { readonly params: { readonly path: string }; readonly value: Space };
  readFiles: { readonly params: { readonly paths: readonly string[] }; readonly value: FileTexts };
  /** Addresses of each link of this machine that is up. */
  addresses: { readonly params: null; readonly value: Readonly<Record<string, readonly string[]>> };
  containers: {
    /** The engine's socket. */
    readonly params: { readonly path: string };
    readonly value: readonly NamedContainer[];
  };
  inspectProcess: { readonly params: InspectParams; readonly value: ProcessDetails };
  /** NVIDIA's cards by the tool at this path, which goes on running. */
  nvidiaSmi: { readonly params: { readonly path: string }; readonly value: readonly GpuDeviceRaw[] };
  /** Services by the bus whose socket is at this path. */
  systemdUnits: { readonly params: { readonly path: string }; readonly value: SystemdUnits };
  systeminformation: { readonly params: { readonly topic: string }; readonly value: unknown };
}
export type ProbeMethod = keyof ProbeMethods;

/** Methods that wait in a thread of their own: one that hangs leaves the rest of the process as it was. */
export const threadMethods: ReadonlySet<ProbeMethod> = new Set(['statfs', 'readFiles']);

/** The code of an error for what the process waited for in vain: the question is named as stuck, and left alone. */
export const timeoutCode = 'timeout';

/** One question to the process, and its answer, which may never come. */
export interface ProbeRequest {
  readonly id: number;
  readonly method: ProbeMethod;
  readonly params: unknown;
}
export type ProbeReply = (
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly code: string; readonly message: string } }
) & {
  /** Programs that the process has started so far. */
  readonly forks?: number;
};

/** The number of the reply that nobody asked for: the process is ready. */
export const readyId = 0;
/** That of the other: which programs the process has under way, by their ids. They are killed when it is. */
export const childrenId = -1;

/** The process ends when nothing has been asked for so long. */
export const probeIdleMs = 60_000;
