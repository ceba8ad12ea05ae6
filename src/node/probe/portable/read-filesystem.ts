import type { FilesystemRaw } from '../../../shared/series/raw/filesystem.ts';
import { counted, type PortableSources } from './portable-sources.ts';

/** Space of each volume; the library knows no options and no inodes. */
export async function readPortableFilesystem({ library, node }: PortableSources): Promise<FilesystemRaw> {
  const sizes = await library.fsSize();
  const { platform } = node();
  return {
    mounts: sizes.map(({ fs, type, size, used, available, mount, rw }) => ({
      mountPoint: mount,
      device: fs,
      type,
      readOnly: rw === false,
      options: [],
      turnedReadOnlyWallMs: null,
      space: {
        totalBytes: counted(size),
        // Volumes of one APFS container share its space: what this one has not used may be another's.
        freeBytes: platform === 'darwin' ? counted(available) : counted(size - used),
        availableBytes: counted(available),
        inodesTotal: null,
        inodesFree: null,
      },
    })),
  };
}
