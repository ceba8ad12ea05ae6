import { t } from '../../../shared/texts/texts.ts';
import { hideableColumns, type HideableColumn } from '../../../shared/preferences/process-table.ts';
import { IconButton } from '../../design/components/icon-button.tsx';
import { Menu } from '../../design/components/menu.tsx';
import { changePreferences, usePreferences } from '../../preferences/preferences.ts';

/** Which columns there are, where there is room for them. Name, processor and memory are always there. */
export function ColumnChoice() {
  const { processTable } = usePreferences();
  const { hidden } = processTable;
  const toggle = (column: HideableColumn): void => {
    const others = hidden.filter((each) => each !== column);
    const isHidden = others.length < hidden.length;
    changePreferences({ processTable: { ...processTable, hidden: isHidden ? others : [...hidden, column] } });
  };
  return (
    <Menu
      trigger={
        <IconButton
          icon="adjust"
          label={t('processes:columns.choose')}
          variant="plain"
          data-testid="column-choice"
        />
      }
      sections={[
        {
          title: t('processes:columns.choose'),
          items: hideableColumns.map((column) => ({
            label: t(`processes:columns.${column}`),
            isChecked: !hidden.includes(column),
            testId: `column-${column}`,
            onSelect: () => toggle(column),
          })),
        },
      ]}
    />
  );
}
