import type { TrayChartSubject, TrayIconChoice } from '../shared/preferences/tray-icon.ts';
import { deriveTrayPaint, type TrayPanel } from './tray-paint.ts';
import { deriveTrayColumns, drawTrayPicture, trayColumns, type TrayBitmap } from './tray-picture.ts';

/** How much of each subject was taken in one reading, 0 to 1; null where that is not known. */
export type TrayLevels = Readonly<Record<TrayChartSubject, number | null>>;

/** A picture in both densities. */
export type TrayPicture = readonly [single: TrayBitmap, double: TrayBitmap];

/**
 * What the tray icon shows, and when it is drawn: only where a pixel of it would change, since each new picture costs the
 * desktop work. Keeps the levels of all subjects, so that another choice has its chart at once.
 */
export class TrayChart {
  readonly #draw: (picture: TrayPicture | null) => void;
  readonly #levels: TrayLevels[] = [];
  #choice: TrayIconChoice = 'mark';
  #panel: TrayPanel;
  #isQuiet = false;
  #drawn = 'mark';
  #drawings = 0;

  /** `draw` gets a picture, or null for the app's mark, which is taken to be shown at first. */
  constructor(panel: TrayPanel, draw: (picture: TrayPicture | null) => void) {
    this.#panel = panel;
    this.#draw = draw;
  }

  /** How often the icon was drawn. */
  get drawings(): number {
    return this.#drawings;
  }

  choose(choice: TrayIconChoice): void {
    this.#choice = choice;
    this.#refresh();
  }

  setPanel(panel: TrayPanel): void {
    this.#panel = panel;
    this.#refresh();
  }

  /** Takes a reading. A reading that does not continue the one before begins the chart anew. */
  take(levels: TrayLevels, isContinued = true): void {
    if (!isContinued) this.#levels.length = 0;
    this.#levels.push(levels);
    if (this.#levels.length > trayColumns) this.#levels.shift();
    this.#isQuiet = false;
    this.#refresh();
  }

  /** Nothing new has come for longer than it should: what is shown is shown as old. */
  mute(): void {
    this.#isQuiet = true;
    this.#refresh();
  }

  #refresh(): void {
    const subject = this.#choice;
    if (subject === 'mark') {
      this.#show('mark', () => null);
      return;
    }
    const levels = this.#levels.map((reading) => reading[subject]);
    const isMuted = this.#isQuiet || levels.at(-1) === null;
    const columns = deriveTrayColumns(levels);
    const shape = columns.map((column) => (column ? `${column.height}${column.isHigh ? '!' : ''}` : '-'));
    this.#show([subject, this.#panel, isMuted, ...shape].join(' '), () => {
      const paint = deriveTrayPaint(subject, this.#panel, isMuted);
      return [drawTrayPicture(columns, paint, 1), drawTrayPicture(columns, paint, 2)];
    });
  }

  #show(what: string, picture: () => TrayPicture | null): void {
    if (what === this.#drawn) return;
    this.#drawn = what;
    this.#drawings++;
    this.#draw(picture());
  }
}
