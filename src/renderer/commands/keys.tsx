import { isMac } from './listen-to-keys.ts';
import { nameKeys } from './name-keys.ts';

/** Keys as caps: those pressed together side by side, those one after the other apart. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className="keys">
      {nameKeys(keys, isMac())
        .split(' ')
        .map((stroke, at) => (
          <span key={at} className="keys__stroke">
            {stroke.split(/\+(?=.)/).map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </span>
        ))}
    </span>
  );
}
