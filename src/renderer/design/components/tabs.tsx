import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import './tabs.css';

export interface Tab<Value> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: IconName;
  readonly isDisabled?: boolean;
  /** Made only while it is shown. */
  readonly content: ReactNode;
}

export interface TabsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly tabs: readonly Tab<Value>[];
  readonly onChange: (value: Value) => void;
  readonly testId?: string;
}

/** Parts of one place, one at a time. Arrows move among the tabs. */
export function Tabs<Value extends string>({ label, value, tabs, onChange, testId }: TabsProps<Value>) {
  return (
    <Base.Root
      className="tabs"
      value={value}
      onValueChange={(chosen: Value) => onChange(chosen)}
      data-testid={testId}
    >
      <Base.List className="tabs__list" aria-label={label} activateOnFocus>
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            className="tabs__tab"
            value={tab.value}
            disabled={tab.isDisabled ?? false}
          >
            {tab.icon && <Icon name={tab.icon} />}
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} className="tabs__panel" value={tab.value}>
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
