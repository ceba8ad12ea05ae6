/** 32 random bytes in base64url, as tokens are. A run of the same letters that is longer or shorter is none. */
const token = /(?<![\w-])[\w-]{43}(?![\w-])/g;
/** Twice four letters of the alphabet of pairing codes. */
const code = /(?<![\w-])[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}(?![\w-])/g;

/**
 * A line for a log without what would let its reader in. No line is meant to hold a token or a code; where one does by
 * mistake, as in the words of an error, it is taken out here, on the way to every log.
 */
export function redactSecrets(text: string): string {
  return text.replace(token, '[token]').replace(code, '[code]');
}
