import type { WaitingRequest } from '../node/server/pairing-requests.ts';
import { toPlain } from './to-plain.ts';

/** What a notification says of a device that asks. Its name is anybody's text, and some desktops take such text for markup. */
export function describeRequest({ name, address, key }: Pick<WaitingRequest, 'name' | 'address' | 'key'>): {
  title: string;
  body: string;
} {
  const digits = key === null ? '' : `, and shows ${key.slice(0, 3)} ${key.slice(3)}`;
  return {
    title: 'A device asks to watch this machine',
    body: `“${toPlain(name)}” at ${toPlain(address)}${digits}. Let it in or turn it away in Pulsewire.`,
  };
}
