import { useState, type ComponentType } from 'react';
import { Button } from '../design/components/button.tsx';
import { Checkbox } from '../design/components/checkbox.tsx';
import { Choices } from '../design/components/choices.tsx';
import { Dialog } from '../design/components/dialog.tsx';
import { IconButton } from '../design/components/icon-button.tsx';
import { IconLink } from '../design/components/icon-link.tsx';
import { KeyCaps } from '../design/components/key-caps.tsx';
import { Menu } from '../design/components/menu.tsx';
import { Popover } from '../design/components/popover.tsx';
import { Select } from '../design/components/select.tsx';
import { Slider } from '../design/components/slider.tsx';
import { Switch } from '../design/components/switch.tsx';
import { Tabs } from '../design/components/tabs.tsx';
import { TextField } from '../design/components/text-field.tsx';
import { ToggleGroup } from '../design/components/toggle-group.tsx';
import { Tooltip } from '../design/components/tooltip.tsx';
import { showName } from '../views/show-name.ts';
import { hostileName, longGerman, longName } from './samples.ts';

const ignore = (): void => undefined;

function Buttons() {
  return (
    <>
      {(['plain', 'primary', 'danger', 'quiet'] as const).map((variant) => (
        <div key={variant}>
          <Button variant={variant}>{variant}</Button>{' '}
          <Button variant={variant} icon="check" size="small">
            Small
          </Button>{' '}
          <Button variant={variant} size="large">
            Large
          </Button>{' '}
          <Button variant={variant} disabled>
            Disabled
          </Button>{' '}
          <Button variant={variant} isLoading>
            Loading
          </Button>
        </div>
      ))}
      <Button isPressed icon="pin">
        Pressed
      </Button>
      <Button isPressed={false} icon="pin">
        Not pressed
      </Button>
      <Button>{longGerman}</Button>
    </>
  );
}

function IconButtons() {
  return (
    <>
      <IconButton icon="pause" label="Pause" keys="Space" />
      <IconButton icon="pause" label="Pause, small" size="small" />
      <IconButton icon="pause" label="Pause, framed" variant="plain" />
      <IconButton icon="pin" label="Pinned" isPressed />
      <IconButton icon="pin" label="Not to be pinned" disabled />
    </>
  );
}

function Fields() {
  const [text, setText] = useState('Kitchen tablet');
  return (
    <>
      <TextField label="Name" value={text} onChange={setText} description="As it stands in the list." />
      <TextField
        label="Empty"
        value=""
        onChange={ignore}
        placeholder="https://box.local:9740"
        icon="search"
      />
      <TextField
        label="Invalid"
        value="70000"
        onChange={ignore}
        error="A port is a number from 1 to 65535."
        isCode
      />
      <TextField label="Disabled" value="Not now" onChange={ignore} disabled />
      <TextField label={longGerman} value={longName} onChange={ignore} unit="ms" />
      <TextField label="Hostile" value={showName(hostileName)} onChange={ignore} isLabelHidden />
    </>
  );
}

function Selects() {
  const [value, setValue] = useState('dark');
  const options = [
    { value: 'light', label: 'Light' },
    { value: 'dark', label: 'Dark' },
    { value: 'long', label: longGerman },
    { value: 'never', label: 'Cannot be chosen', isDisabled: true },
  ];
  return (
    <>
      <Select
        label="Theme"
        value={value}
        options={options}
        onChange={setValue}
        description="In force at once."
      />
      <Select
        label="Invalid"
        value="light"
        options={options}
        onChange={ignore}
        error="This host has no such thing."
      />
      <Select label="Disabled" value="light" options={options} onChange={ignore} disabled />
      <Select label="Long" value="long" options={options} onChange={ignore} />
    </>
  );
}

function Toggles() {
  const [minutes, setMinutes] = useState(5);
  return (
    <>
      <ToggleGroup
        label="Window"
        value={minutes}
        options={[1, 5, 15, 60].map((value) => ({ value, label: `${value} min`, isDisabled: value === 60 }))}
        onChange={setMinutes}
      />
      <ToggleGroup
        label="Density"
        size="small"
        value="comfortable"
        options={[
          { value: 'comfortable', label: 'Comfortable', icon: 'comfortable' },
          { value: 'compact', label: 'Compact', icon: 'compact' },
        ]}
        onChange={ignore}
      />
      <ToggleGroup
        label="Disabled"
        disabled
        value={1}
        options={[
          { value: 1, label: 'One' },
          { value: 2, label: 'Two' },
        ]}
        onChange={ignore}
      />
    </>
  );
}

function Switches() {
  const [isOn, setOn] = useState(true);
  return (
    <>
      <Switch label="Start at login" isOn={isOn} onChange={setOn} />
      <Switch label="Off" isOn={false} onChange={ignore} />
      <Switch label="On, disabled" isOn disabled onChange={ignore} />
      <Switch label="Off, disabled" isOn={false} disabled onChange={ignore} />
      <Switch label="Share on the LAN" size="large" isOn onChange={ignore} />
      <Switch label={longGerman} isOn={false} onChange={ignore} />
    </>
  );
}

function Checkboxes() {
  const [isChecked, setChecked] = useState(true);
  return (
    <>
      <Checkbox label="Ticked" isChecked={isChecked} onChange={setChecked} />
      <Checkbox label="Not ticked" isChecked={false} onChange={ignore} />
      <Checkbox label="Mixed" isMixed isChecked={false} onChange={ignore} />
      <Checkbox label="Disabled" disabled isChecked onChange={ignore} />
      <Checkbox label={longGerman} description={longName} isFramed isChecked onChange={ignore} />
    </>
  );
}

function ChoiceLists() {
  const [value, setValue] = useState('view');
  const choices = [
    { value: 'vitals', label: 'Vitals', meaning: 'Figures of the machine. No names.' },
    { value: 'view', label: 'Process names', meaning: longGerman },
    { value: 'never', label: 'Cannot be chosen', isDisabled: true },
  ];
  return (
    <>
      <Choices label="It may see" value={value} choices={choices} onChange={setValue} />
      <Choices label="Disabled" value="view" choices={choices} onChange={ignore} disabled />
    </>
  );
}

function Menus() {
  return (
    <Menu
      trigger={<Button icon="more">Menu</Button>}
      align="start"
      sections={[
        {
          title: 'Copy',
          items: [
            { label: 'As picture', icon: 'picture', keys: 'Ctrl+C', onSelect: ignore },
            { label: longGerman, icon: 'copy', onSelect: ignore },
          ],
        },
        {
          items: [
            { label: 'Pinned', isChecked: true, onSelect: ignore },
            { label: 'Not now', isDisabled: true, onSelect: ignore },
            { label: 'End process', icon: 'kill', isDanger: true, onSelect: ignore },
          ],
        },
      ]}
    />
  );
}

function Dialogs() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Dialog</Button>
      <Dialog
        title={`End “${showName(hostileName)}”?`}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button variant="danger" onClick={() => setOpen(false)}>
              End
            </Button>
          </>
        }
      >
        <p>It is asked to end, and may save what it has open.</p>
        <TextField label="Command" value={longName} onChange={ignore} isCode />
      </Dialog>
    </>
  );
}

function Popovers() {
  return (
    <Popover title="Series" align="start" trigger={<Button icon="adjust">Popover</Button>}>
      <Checkbox label="Core 0" isChecked onChange={ignore} />
      <Checkbox label="Core 1" isChecked={false} onChange={ignore} />
    </Popover>
  );
}

function Tooltips() {
  return (
    <Tooltip text="Stops the charts, not the host" keys="Space">
      <Button>Point at me</Button>
    </Tooltip>
  );
}

function TabLists() {
  const [value, setValue] = useState('one');
  return (
    <Tabs
      label="Parts"
      value={value}
      onChange={setValue}
      tabs={[
        { value: 'one', label: 'General', icon: 'settings', content: <p>What is general.</p> },
        { value: 'two', label: 'Benachrichtigungen', content: <p>{longGerman}</p> },
        { value: 'three', label: 'Disabled', isDisabled: true, content: null },
      ]}
    />
  );
}

function Sliders() {
  const [value, setValue] = useState(1_000);
  const formatValue = (ms: number): string => `${ms} ms`;
  return (
    <>
      <Slider
        label="Cadence"
        value={value}
        min={500}
        max={5_000}
        step={100}
        onChange={setValue}
        formatValue={formatValue}
      />
      <Slider
        label="Disabled"
        value={2_000}
        min={0}
        max={5_000}
        onChange={ignore}
        formatValue={formatValue}
        disabled
      />
    </>
  );
}

function Keys() {
  return (
    <>
      <KeyCaps keys="Ctrl+K" />
      <KeyCaps keys="g p" />
      <KeyCaps keys="?" />
    </>
  );
}

function Links() {
  return (
    <>
      <IconLink icon="settings" label="Settings" href="#settings" />
      <IconLink icon="settings" label="Settings, shown" href="#settings" isCurrent />
    </>
  );
}

/** Every component of `design/components`, by the name of its file; `icon` stands among the tokens. */
export const componentEntries: Readonly<Record<string, ComponentType>> = {
  button: Buttons,
  'icon-button': IconButtons,
  'icon-link': Links,
  'text-field': Fields,
  select: Selects,
  'toggle-group': Toggles,
  switch: Switches,
  checkbox: Checkboxes,
  choices: ChoiceLists,
  slider: Sliders,
  tabs: TabLists,
  menu: Menus,
  popover: Popovers,
  dialog: Dialogs,
  tooltip: Tooltips,
  'key-caps': Keys,
};
