import './key-caps.css';

export interface KeyCapsProps {
  /** Keys pressed together are joined by `+`, one after the other by a space: `Ctrl+K`, `g p`. */
  readonly keys: string;
}

/** Keys, as they stand on the keyboard. */
export function KeyCaps({ keys }: KeyCapsProps) {
  return (
    <span className="key-caps">
      {keys.split(' ').map((chord, at) => (
        <span key={at} className="key-caps__chord">
          {chord.split(/\+(?=.)/).map((key, place) => (
            <kbd key={place}>{key}</kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
