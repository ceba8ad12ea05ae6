import * as v from 'valibot';
import { count, name } from './common.ts';

/** Source: /proc/self/mountinfo and statfs(2) for each. */
export const mountRawSchema = v.object({
  mountPoint: name,
  device: name,
  type: name,
  readOnly: v.boolean(),
  /** Options of the mount and of its file system, as mount(8) lists them. */
  options: v.array(name),
  /** When it was seen to have turned from writable to read-only, as the kernel does on errors; null if it has not. */
  turnedReadOnlyWallMs: v.nullable(count),
  /** null where the file system did not answer within its deadline or refused. */
  space: v.nullable(
    v.object({
      totalBytes: count,
      freeBytes: count,
      /** What an unprivileged user may still write. */
      availableBytes: count,
      inodesTotal: v.nullable(count),
      inodesFree: v.nullable(count),
    }),
  ),
});
export type MountRaw = v.InferOutput<typeof mountRawSchema>;
export const filesystemRawSchema = v.object({ mounts: v.array(mountRawSchema) });
export type FilesystemRaw = v.InferOutput<typeof filesystemRawSchema>;
