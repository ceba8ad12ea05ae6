import type { UpdateFailure } from '../../shared/updates/update-status.ts';

/** By the codes of electron-updater, of HTTP and of the system. */
const byCode: Readonly<Record<string, UpdateFailure>> = {
  ERR_CHECKSUM_MISMATCH: 'tampered',
  ERR_UPDATER_INVALID_SIGNATURE: 'tampered',
  ERR_UPDATER_CHANNEL_FILE_NOT_FOUND: 'noFeed',
  ERR_UPDATER_LATEST_VERSION_NOT_FOUND: 'noFeed',
  ERR_UPDATER_NO_PUBLISHED_VERSIONS: 'noFeed',
  ERR_UPDATER_NO_FILES_PROVIDED: 'noFeed',
  ERR_UPDATER_INVALID_UPDATE_INFO: 'noFeed',
  ERR_UPDATER_INVALID_VERSION: 'noFeed',
  HTTP_ERROR_404: 'missing',
  ENOSPC: 'diskFull',
  EACCES: 'notWritable',
  EPERM: 'notWritable',
  EROFS: 'notWritable',
  ECONNREFUSED: 'offline',
  ECONNRESET: 'offline',
  ENOTFOUND: 'offline',
  ETIMEDOUT: 'offline',
};

/** What a failure of the updater means. */
export function deriveUpdateFailure(thrown: unknown): UpdateFailure {
  const { code, message = '' } = (thrown ?? {}) as { code?: unknown; message?: string };
  const known = typeof code === 'string' ? byCode[code] : undefined;
  if (known) return known;
  // Of a download there is only the text: `Cannot download "…", status 404: Not Found`.
  if (/, status (404|410)\b/.test(message)) return 'missing';
  if (/^net::ERR_(CERT_|SSL_|BLOCKED_BY_CLIENT)/.test(message)) return 'tampered';
  if (message.startsWith('net::ERR_')) return 'offline';
  return 'other';
}
