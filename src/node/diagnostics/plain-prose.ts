import { programWords } from './program-words.ts';

/** What stands where a word was left out. */
export const leftOut = '[…]';

/** Words of the system's own messages, and of Node's. */
const systemWords =
  'no such file or directory permission denied operation not permitted address already in use connection refused reset by ' +
  'peer timed out too many open files space left on device broken pipe is a bad argument read write open stat statfs lstat ' +
  'scandir connect listen bind accept mkdir rename unlink rmdir chmod fsync kill spawn fork unexpected end of json input ' +
  'token undefined null true false object function string number socket hang up aborted invalid error type range syntax ' +
  'reference cannot properties reading s ms m h d B kB MB KiB MiB GiB Hz';

const knownWords: ReadonlySet<string> = new Set(`${programWords} ${systemWords}`.split(' '));

/** `ENOENT`, `ERR_INVALID_ARG_TYPE`: as Node and the system name what failed. */
const errorCode = /^(E[A-Z0-9]{2,20}|ERR_[A-Z0-9_]{2,40}|SIG[A-Z0-9]{2,10})$/;
/** A count or a measure: too short for a code, a key or an address. */
const figure = /^[-+−]?\d{1,5}([.,]\d{1,3})?(ms|s|m|h|MiB|KiB|GiB|kB|MB|B|%)?$/;
const dotted = /^[a-z]+(\.[a-z]+){1,3}$/i;

/** 32 random bytes in base64url, as tokens are, or longer; a hash; twice four letters, as pairing codes are. */
const secret = /(?<![\w-])([\w-]{32,}|[A-Z]{4}-[A-Z]{4}|\d{3} ?\d{3})(?![\w-])/g;

/**
 * A message without what is not the program's own: of each word it is asked whether the program's sources have it, so that a
 * name, an address, a path or anything that lets in is left out by not being known, whatever it looks like.
 */
export function maskProse(text: string): string {
  return text
    .slice(0, 1_000)
    .replaceAll(secret, leftOut)
    .split(/\s+/)
    .map((piece) => (piece === '' ? '' : maskPiece(piece)))
    .join(' ')
    .replaceAll(/\[…\](?: \[…\])+/g, leftOut)
    .trim()
    .slice(0, 400);
}

function maskPiece(piece: string): string {
  const [, before = '', core = '', after = ''] =
    /^([^\p{L}\p{N}/\-+−]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(piece) ?? [];
  if (core === '') return isMarks(piece) ? piece : leftOut;
  // Whatever stands around a word is a few marks, or it is something else.
  if (!isMarks(before) || !isMarks(after)) return leftOut;
  return isPlain(core) ? `${before}${core}${after}` : `${before}${leftOut}${after}`;
}

function isMarks(text: string): boolean {
  return /^["'“”‘’`()[\]{}<>.,:;!?…=]{0,4}$/.test(text);
}

function isPlain(core: string): boolean {
  if (figure.test(core) || errorCode.test(core)) return true;
  if (knownWords.has(core) || knownWords.has(core.toLowerCase())) return true;
  // "read-only", "settings.file": of words that are known, each.
  return (
    (dotted.test(core) || /^[a-z]+(-[a-z]+){1,3}$/i.test(core)) &&
    core.split(/[.-]/).every((part) => knownWords.has(part.toLowerCase()))
  );
}

/** A message whole, but for what would let its reader in. */
export function maskSecrets(text: string): string {
  return text.slice(0, 500).replaceAll(secret, leftOut);
}
