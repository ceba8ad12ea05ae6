/** A moment in the words of whoever looks: day and minute. */
export function formatMoment(wallMs: number): string {
  return new Date(wallMs).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
