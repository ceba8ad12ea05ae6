import { memo, useRef, useState, type RefObject } from 'react';
import { t } from '../../shared/texts/texts.ts';
import { IconButton } from '../design/components/icon-button.tsx';
import { Menu } from '../design/components/menu.tsx';
import { useSession } from '../session-context.ts';
import { copyData, copyPicture, saveData, savePicture, type ExportedChart } from './chart-export.ts';
import type { LiveChart } from './live-chart.ts';

export interface ChartMenuProps {
  readonly chart: RefObject<LiveChart | null>;
  readonly title: string;
  readonly onTable: () => void;
}

type Note = 'copied' | 'saved' | 'failed';

/** How long what became of something stays to be read. */
const noteMs = 2_500;

/** What can be had of one chart: its picture, its data, its table. */
export const ChartMenu = memo(function ChartMenu({ chart, title, onTable }: ChartMenuProps) {
  const { clock, store } = useSession();
  const [note, setNote] = useState<Note | null>(null);
  const turn = useRef(0);

  const act = (deed: (exported: ExportedChart) => Promise<Note> | Note): void => {
    if (!chart.current) return;
    const mine = ++turn.current;
    const host = store.topic('host').data?.hostname ?? '';
    const exported = { chart: chart.current, title, host };
    void Promise.resolve()
      .then(() => deed(exported))
      .catch((): Note => 'failed')
      .then(setNote)
      .then(() => clock.sleep(noteMs))
      .then(() => {
        if (turn.current === mine) setNote(null);
      });
  };

  return (
    <>
      <div className="chart__menu">
        <Menu
          align="start"
          testId="chart-menu-popup"
          trigger={
            <IconButton
              icon="more"
              size="small"
              label={t('charts:menu.label', { title })}
              data-testid="chart-menu"
            />
          }
          sections={[
            {
              items: [
                {
                  label: t('charts:menu.copyPicture'),
                  icon: 'picture',
                  testId: 'chart-copy-picture',
                  onSelect: () => act(copyPicture),
                },
                {
                  label: t('charts:menu.savePicture'),
                  icon: 'download',
                  testId: 'chart-save-picture',
                  onSelect: () => act((exported) => savePicture(exported).then(() => 'saved')),
                },
              ],
            },
            {
              items: [
                {
                  label: t('charts:menu.copyData'),
                  icon: 'copy',
                  testId: 'chart-copy-data',
                  onSelect: () => act(copyData),
                },
                {
                  label: t('charts:menu.saveData'),
                  icon: 'save',
                  testId: 'chart-save-data',
                  onSelect: () =>
                    act((exported) => {
                      saveData(exported);
                      return 'saved';
                    }),
                },
              ],
            },
            {
              items: [
                {
                  label: t('charts:menu.table'),
                  icon: 'table',
                  keys: 'T',
                  testId: 'chart-show-table',
                  onSelect: onTable,
                },
              ],
            },
          ]}
        />
      </div>
      <span className="chart__note" role="status" data-testid="chart-note">
        {note === null ? '' : t(`charts:menu.${note}`)}
      </span>
    </>
  );
});
