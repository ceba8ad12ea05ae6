import { t } from '../shared/texts/texts.ts';
import type { WaitingRequest } from '../node/server/pairing-requests.ts';
import { toPlain } from './to-plain.ts';

/** What a notification says of a device that asks. Its name is anybody's text, and some desktops take such text for markup. */
export function describeRequest({ name, address, key }: Pick<WaitingRequest, 'name' | 'address' | 'key'>): {
  title: string;
  body: string;
} {
  const told = { name: toPlain(name), address: toPlain(address) };
  return {
    title: t('app:request.title'),
    body:
      key === null
        ? t('app:request.body', told)
        : t('app:request.bodyWithKey', { ...told, key: `${key.slice(0, 3)} ${key.slice(3)}` }),
  };
}
