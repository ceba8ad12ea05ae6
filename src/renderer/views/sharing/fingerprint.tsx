import { groupFingerprint } from './group-fingerprint.ts';

/** A fingerprint in groups that are compared at one look, and copied as one text. */
export function Fingerprint({ text }: { readonly text: string }) {
  return (
    <span className="fingerprint" translate="no">
      {groupFingerprint(text).map((group, at) => (
        <span key={at}>{group}</span>
      ))}
    </span>
  );
}
