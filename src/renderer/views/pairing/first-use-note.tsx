/** What the first visit cannot prove, and what to compare. Nothing where the host is this machine or nothing is encrypted. */
export function FirstUseNote() {
  if (location.protocol !== 'https:') return null;
  return (
    <p className="pairing__note" data-testid="first-use">
      The certificate is the host’s own, which is why the browser warned. This first visit cannot prove that
      you speak to that machine and to nobody in between: compare the SHA-256 fingerprint in your browser’s
      view of the certificate with the one on the host’s screen, under Sharing.
    </p>
  );
}
