import { useRef, useState, type ReactNode } from 'react';
import { t } from '../../shared/texts/texts.ts';
import { Button } from '../design/components/button.tsx';

export interface CopyableProps {
  /** What is copied. */
  readonly text: string;
  /** What it is, for the button's name: “Copy: address”. */
  readonly what: string;
  readonly testId: string;
  /** How it is shown, where that is not the text as it is; still the same characters. */
  readonly children?: ReactNode;
}

/** Text that is selected whole by one click, and copied by its button. */
export function Copyable({ text, what, testId, children }: CopyableProps) {
  const shown = useRef<HTMLElement>(null);
  const [isCopied, setCopied] = useState(false);
  return (
    <span className="copyable">
      <code ref={shown} translate="no" data-testid={testId}>
        {children ?? text}
      </code>
      <Button
        size="small"
        aria-label={isCopied ? t('copied.what', { what }) : t('copy.what', { what })}
        onClick={() => void copy(text, shown.current).then(setCopied)}
        onBlur={() => setCopied(false)}
        onPointerLeave={() => setCopied(false)}
      >
        {isCopied ? t('copied.short') : t('copy.short')}
      </Button>
    </span>
  );
}

/** False where the text could only be selected, for its reader to copy. */
async function copy(text: string, shown: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard on a page without TLS, nor where the permission is denied, as in the app's own window.
    if (shown) getSelection()?.selectAllChildren(shown);
    // Deprecated, and the only way that needs neither.
    return (document as { execCommand(command: string): boolean }).execCommand('copy');
  }
}
