import { showName } from './show-name.ts';

export interface NameProps {
  readonly text: string;
  /** What to say of it besides, where it is pointed at. */
  readonly title?: string;
}

/** A name that the machine gives: clipped where there is no room, whole where it is pointed at. */
export function Name({ text, title }: NameProps) {
  const shown = showName(text);
  return (
    <span className="name" translate="no" title={title === undefined ? shown : showName(title)}>
      {shown}
    </span>
  );
}
