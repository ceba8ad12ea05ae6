import { t } from '../../shared/texts/texts.ts';
import { toCsv } from './chart-csv.ts';
import { drawPicture } from './chart-picture.ts';
import type { LiveChart } from './live-chart.ts';

export interface ExportedChart {
  readonly chart: LiveChart;
  readonly title: string;
  readonly host: string;
}

/** What became of something that was to be copied: it is there, or was saved as a file where copying is not let. */
export type Copied = 'copied' | 'saved';

/** Puts the chart's picture on the clipboard, which pages without TLS have not: then it is saved. */
export async function copyPicture(exported: ExportedChart): Promise<Copied> {
  const picture = drawPicture(exported);
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
    return 'copied';
  } catch {
    save(await picture, exported, 'png');
    return 'saved';
  }
}

/** Saves the chart's picture as a file. */
export async function savePicture(exported: ExportedChart): Promise<void> {
  save(await drawPicture(exported), exported, 'png');
}

/** Puts what the chart shows on the clipboard as CSV; saves it where that is not let. */
export async function copyData(exported: ExportedChart): Promise<Copied> {
  const csv = toData(exported);
  try {
    await navigator.clipboard.writeText(csv);
    return 'copied';
  } catch {
    saveText(csv, exported);
    return 'saved';
  }
}

/** Saves what the chart shows as a CSV file. */
export function saveData(exported: ExportedChart): void {
  saveText(toData(exported), exported);
}

function toData({ chart }: ExportedChart): string {
  return toCsv({
    labels: chart.options.series.map(({ label }) => label),
    readings: chart.readings(),
    measure: chart.options.measure,
    timeLabel: t('charts:time'),
  });
}

function saveText(csv: string, exported: ExportedChart): void {
  save(new Blob([csv], { type: 'text/csv;charset=utf-8' }), exported, 'csv');
}

function save(content: Blob, { chart, title, host }: ExportedChart, extension: 'png' | 'csv'): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = `${nameFile([host, title, new Date(chart.view().range.toX).toISOString()])}.${extension}`;
  link.click();
  // Whoever saves it has taken it by then.
  void chart.session.clock.sleep(60_000).then(() => URL.revokeObjectURL(address));
}

/** Parts as a file's name: letters, digits, dots and dashes, since hosts and disks are named by others. */
export function nameFile(parts: readonly string[]): string {
  return parts
    .map((part) =>
      part
        .replace(/\.\d+Z$/, 'Z')
        .replace(/[^\p{L}\p{N}.]+/gu, '-')
        .replace(/^[-.]+|[-.]+$/g, ''),
    )
    .filter((part) => part !== '')
    .join('_')
    .slice(0, 120);
}
