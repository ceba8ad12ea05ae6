const keys = 1_000_000;
/** Numbers from here on would make the first keys likelier than the last. */
const fair = Math.floor(2 ** 32 / keys) * keys;

/** Six digits that nobody can foresee, each equally likely. Works without TLS too, where `crypto.subtle` does not. */
export function createPairingKey(source: Pick<Crypto, 'getRandomValues'> = crypto): string {
  const drawn = new Uint32Array(1);
  do source.getRandomValues(drawn);
  while (drawn[0]! >= fair);
  return String(drawn[0]! % keys).padStart(6, '0');
}
