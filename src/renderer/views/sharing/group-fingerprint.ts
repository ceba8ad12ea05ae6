/** Pairs of a group: few enough to be compared at one look. */
const pairsPerGroup = 4;

/** A fingerprint of bare hexadecimal digits as browsers and hosts show it. */
export function formatFingerprint(digits: string): string {
  return digits.toUpperCase().replace(/..(?=.)/g, '$&:');
}

/** A fingerprint in groups to be shown side by side. Put together again they are the text as it was. */
export function groupFingerprint(fingerprint: string): readonly string[] {
  return fingerprint.match(new RegExp(`(?:[^:]+:?){1,${pairsPerGroup}}`, 'g')) ?? [fingerprint];
}
