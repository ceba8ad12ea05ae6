import './button.css';
import { Icon, type IconName } from './icon.tsx';
import { Tooltip } from './tooltip.tsx';

export interface IconLinkProps {
  readonly icon: IconName;
  /** Where it leads: its name, and shown on hover and focus. */
  readonly label: string;
  readonly href: string;
  readonly isCurrent?: boolean;
  readonly testId?: string;
}

/** A way to another page that is a sign alone. */
export function IconLink({ icon, label, href, isCurrent = false, testId }: IconLinkProps) {
  return (
    <Tooltip text={label}>
      <a
        className="button button--icon button--quiet button--normal"
        href={href}
        aria-label={label}
        aria-current={isCurrent ? 'page' : undefined}
        data-testid={testId}
      >
        <Icon name={icon} size={18} />
      </a>
    </Tooltip>
  );
}
