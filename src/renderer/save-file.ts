import type { Clock } from '../shared/lifecycle/clock.ts';

/** How long the content is kept for whoever saves it. */
const keptMs = 60_000;

/** Offers a text to be saved as a file of this name, where the browser or the person wants it. */
export function saveFile(clock: Clock, name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  void clock.sleep(keptMs).then(() => URL.revokeObjectURL(address));
}
