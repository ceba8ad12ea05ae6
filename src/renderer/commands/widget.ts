import { isCharacter, type Stroke } from './stroke.ts';

/** What has the focus, by the keys that it uses itself. */
export type Widget = 'dialog' | 'text' | 'list' | 'rows' | 'moved' | 'button' | 'link' | 'page';

/** The first that is at or around the focus decides. */
const selectors: readonly (readonly [Widget, string])[] = [
  [
    'text',
    'input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, [contenteditable]:not([contenteditable=false]), [role=textbox], [role=searchbox], [role=combobox]:not(button)',
  ],
  // What finds an entry by its first letters.
  ['list', 'select, [role=listbox], [role=menu], [role=menubar], [role=tree], [role=combobox]'],
  ['button', '[role=columnheader] button'],
  ['rows', '[role=grid], [role=treegrid]'],
  [
    'moved',
    '[role=slider], [role=tab], [role=radio], [role=spinbutton], [role=separator][tabindex], input[type=radio], input[type=range], [role=region][tabindex="0"]',
  ],
  ['button', 'button, summary, [role=button], [role=switch], [role=checkbox], input'],
  ['link', 'a[href]'],
];

const dialogs = 'dialog[open], [role=dialog], [role=alertdialog]';

/** What has the focus. Where a dialog is open, all keys are its own. */
export function widgetAt(target: EventTarget | null, document: Document): Widget {
  if (document.querySelector(dialogs)) return 'dialog';
  if (!(target instanceof Element)) return 'page';
  return selectors.find(([, selector]) => target.closest(selector))?.[0] ?? 'page';
}

const moving = /^(Shift\+)?(Arrow.*|Home|End|Page.*)$/;

/** Whether a stroke is the widget's own, so that no command may take it. Pure. */
export function isClaimed(widget: Widget, stroke: Stroke): boolean {
  const acts = /^(Shift\+)?(Space|Enter)$/.test(stroke);
  switch (widget) {
    case 'dialog':
      return true;
    case 'text':
      return !stroke.startsWith('Mod+');
    case 'list':
      return acts || moving.test(stroke) || isCharacter(stroke) || stroke === 'Escape';
    case 'rows':
    case 'moved':
      return acts || moving.test(stroke);
    case 'button':
      return acts;
    case 'link':
      return /^(Shift\+)?Enter$/.test(stroke);
    case 'page':
      return false;
  }
}
