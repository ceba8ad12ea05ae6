import { useRef, useState, type ChangeEvent } from 'react';
import {
  formatLayoutFile,
  parseLayoutFile,
  type LayoutFileProblem,
} from '../../../../shared/preferences/layout-file.ts';
import { t } from '../../../../shared/texts/texts.ts';
import { Button } from '../../../design/components/button.tsx';
import { Icon } from '../../../design/components/icon.tsx';
import { IconButton } from '../../../design/components/icon-button.tsx';
import { Menu } from '../../../design/components/menu.tsx';
import { ToggleGroup } from '../../../design/components/toggle-group.tsx';
import { changePreferences, usePreferences } from '../../../preferences/preferences.ts';
import { saveFile } from '../../../save-file.ts';
import { useSession } from '../../../session-context.ts';
import { nameTile } from '../name-tile.ts';
import { useArranging } from './arranging.ts';
import { findPreset, presetLayout, presetNames } from './presets.ts';

/** A file larger than this is no layout. */
const mostBytes = 100_000;

/** What can be done to the whole of the overview while it is arranged. */
export function ArrangeBar() {
  const arranging = useArranging();
  const { density } = usePreferences();
  const { layout, hidden } = arranging;
  const preset = findPreset(layout);
  return (
    <section className="arrange-bar" aria-label={t('layout:bar.label')} data-testid="arrange-bar">
      <Menu
        align="start"
        testId="preset-menu"
        trigger={
          <Button size="small" icon="layout" data-testid="preset">
            {preset ? t(`layout:presets.${preset}`) : t('layout:presets.own')}
            <Icon name="chevron-down" size={14} />
          </Button>
        }
        sections={[
          {
            title: t('layout:bar.presets'),
            items: presetNames.map((name) => ({
              label: t(`layout:presets.${name}`),
              isChecked: name === preset,
              testId: `preset-${name}`,
              onSelect: () =>
                arranging.replace(presetLayout(name), t('layout:news.preset', { preset: t(`layout:presets.${name}`) })), // prettier-ignore
            })),
          },
        ]}
      />
      <Menu
        align="start"
        testId="add-menu"
        trigger={
          <Button size="small" icon="plus" data-testid="add-tile" disabled={hidden.length === 0}>
            {t('layout:bar.add')}
          </Button>
        }
        sections={[
          {
            items: hidden.map(({ tile }) => ({
              label: nameTile(tile),
              testId: `add-${tile}`,
              onSelect: () => arranging.change(tile, { hidden: false }),
            })),
          },
        ]}
      />
      <ToggleGroup
        label={t('layout:bar.density')}
        size="small"
        value={density}
        options={[
          { value: 'comfortable', label: t('layout:density.comfortable'), icon: 'comfortable' },
          { value: 'compact', label: t('layout:density.compact'), icon: 'compact' },
        ]}
        onChange={(chosen) => changePreferences({ density: chosen })}
        testId="density"
      />
      <Files />
      <Button
        size="small"
        variant="quiet"
        icon="reset"
        data-testid="reset-layout"
        onClick={() => arranging.replace(null, t('layout:news.reset'))}
      >
        {t('layout:bar.reset')}
      </Button>
      <p className="arrange-bar__keys">{t('layout:bar.keys')}</p>
      <Button
        size="small"
        variant="primary"
        icon="check"
        data-testid="arrange-done"
        onClick={() => arranging.setOn(false)}
      >
        {t('layout:bar.done')}
      </Button>
      <p className="visually-hidden" aria-live="polite" data-testid="arrange-news">
        {arranging.news}
      </p>
    </section>
  );
}

/** Keeps the layout as a file, and takes one back. A file that is none changes nothing and says why. */
function Files() {
  const { layout, replace } = useArranging();
  const { density } = usePreferences();
  const { clock } = useSession();
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const take = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const element = event.target;
    const file = element.files?.[0];
    if (!file) return;
    const parsed = file.size > mostBytes ? notALayout : parseLayoutFile(await file.text());
    // The same file can be chosen again once it is mended.
    element.value = '';
    if (parsed.status === 'invalid') {
      setProblem(t('layout:problem.text', { file: file.name, problem: describeProblem(parsed.problem) }));
      return;
    }
    setProblem(null);
    if (parsed.file.density) changePreferences({ density: parsed.file.density });
    replace(parsed.file.layout, t('layout:news.imported', { file: file.name }));
  };

  return (
    <>
      <IconButton
        icon="download"
        size="small"
        label={t('layout:bar.export')}
        data-testid="export-layout"
        onClick={() => {
          const text = formatLayoutFile({ layout, density });
          saveFile(clock, 'pulsewire-layout.json', new Blob([text], { type: 'application/json' }));
        }}
      />
      <IconButton
        icon="upload"
        size="small"
        label={t('layout:bar.import')}
        data-testid="import-layout"
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        data-testid="layout-file"
        onChange={(event) => void take(event)}
      />
      {problem !== null && (
        <p className="arrange-bar__problem" role="alert" data-testid="layout-problem">
          {problem}
        </p>
      )}
    </>
  );
}

const notALayout = { status: 'invalid', problem: { kind: 'notALayout' } } as const;

function describeProblem(problem: LayoutFileProblem): string {
  return problem.kind === 'badValue'
    ? t('layout:problem.badValue', { where: problem.where })
    : t(`layout:problem.${problem.kind}`);
}
