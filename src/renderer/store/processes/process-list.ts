import type { Clock } from '../../../shared/lifecycle/clock.ts';
import { arrangeProcesses, type Arrangement, type Layout, type Line } from './arrange.ts';
import { processColumns, type ColumnId } from './process-columns.ts';
import { parseFilter } from './process-filter.ts';
import type { TableRow } from './table-row.ts';

/** What the table shows. A new object whenever something of it changed. */
export interface ProcessView {
  readonly lines: readonly Line[];
  readonly layout: Layout;
  readonly sort: Arrangement['sort'];
  readonly filter: string;
  /** What is wrong with the filter; the last good one is in force then. */
  readonly filterProblem: string | null;
  /** The process or group that was chosen, whether a line shows it or not. */
  readonly selected: string | null;
  /** Where the keyboard stands: the line of what was chosen, else the place where it was. */
  readonly cursor: number;
  readonly processCount: number;
  readonly matchedCount: number;
  readonly threadCount: number;
  /** Whether the host tells command lines: not to everybody, and not on every platform. */
  readonly hasCommands: boolean;
  /** The order stands still while somebody works in it; so many processes wait to be shown. */
  readonly held: { readonly waiting: number } | null;
}

/** How long the order waits for a hand that rests on the table, and for the next key. */
const pointerHoldMs = 15_000;
const keyHoldMs = 5_000;

/**
 * The table of processes outside React: takes each reading, arranges it once, and keeps what was chosen to the process
 * that it was chosen for. While somebody points into the table or moves in it by keys, lines stay where they are and
 * only their figures change, so that nobody hits what slid under the hand; what has ended stays, marked.
 */
export class ProcessList {
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #rows: readonly TableRow[] = [];
  #byKey: ReadonlyMap<string, TableRow> = new Map();
  #arrangement: Arrangement = {
    layout: 'list',
    sort: { column: 'cpuShare', order: 'descending' },
    matches: null,
    toggled: new Set(),
  };
  #heldUntilMs = -Infinity;
  #view: ProcessView = {
    lines: [],
    layout: 'list',
    sort: this.#arrangement.sort,
    filter: '',
    filterProblem: null,
    selected: null,
    cursor: 0,
    processCount: 0,
    matchedCount: 0,
    threadCount: 0,
    hasCommands: true,
    held: null,
  };

  /** Arranged at first as `kept` says. */
  constructor(clock: Clock, kept: Partial<Pick<Arrangement, 'layout' | 'sort'>> = {}) {
    this.#clock = clock;
    this.#arrangement = { ...this.#arrangement, ...kept };
    this.#view = { ...this.#view, ...kept };
  }

  /** What there is to show. The same object until it changes. */
  readonly view = (): ProcessView => this.#view;

  /** Hears of changes of `view`. Returns the unsubscribe. */
  readonly onView = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** The process as it is now; undefined once it is gone. */
  row(key: string): TableRow | undefined {
    return this.#byKey.get(key);
  }

  /** The process that an address names: by its key, or by its number alone. */
  find(named: string): TableRow | undefined {
    return this.#byKey.get(named) ?? this.#rows.find(({ pid }) => String(pid) === named);
  }

  /** Takes a reading in. */
  take(rows: readonly TableRow[]): void {
    this.#rows = rows;
    this.#byKey = new Map(rows.map((row) => [row.key, row]));
    if (this.#clock.monotonic() < this.#heldUntilMs) this.#refresh();
    else this.#arrange();
  }

  /** Sorts by a column; by the one that it is sorted by already, the other way round. */
  sortBy(column: ColumnId): void {
    const { sort } = this.#arrangement;
    const first = processColumns.find(({ id }) => id === column)?.firstOrder ?? 'ascending';
    const turned = sort.order === 'ascending' ? 'descending' : 'ascending';
    this.#change({ sort: { column, order: sort.column === column ? turned : first } });
  }

  setLayout(layout: Layout): void {
    this.#change({ layout, toggled: new Set() });
  }

  /** Shows only what matches. What is no filter changes nothing but `filterProblem`. */
  setFilter(text: string): void {
    const parsed = parseFilter(text);
    if (parsed.status === 'invalid') {
      this.#publish({ filter: text, filterProblem: parsed.problem });
      return;
    }
    this.#view = { ...this.#view, filter: text, filterProblem: null };
    this.#change({ matches: parsed.status === 'ok' ? parsed.matches : null });
  }

  /** Opens or closes a branch or group. */
  toggle(key: string): void {
    const toggled = new Set(this.#arrangement.toggled);
    if (!toggled.delete(key)) toggled.add(key);
    this.#change({ toggled });
  }

  /** Chooses a process or group; null none. */
  select(key: string | null): void {
    if (key === this.#view.selected) return;
    this.#publish({ selected: key, cursor: this.#cursorOf(key, this.#view.lines) });
  }

  /** Somebody works in the table: the order stands still for a while. */
  hold(by: 'pointer' | 'key'): void {
    const untilMs = this.#clock.monotonic() + (by === 'pointer' ? pointerHoldMs : keyHoldMs);
    this.#heldUntilMs = Math.max(this.#heldUntilMs, untilMs);
  }

  /** Nobody does any longer: the next reading may change the order. */
  release(): void {
    this.#heldUntilMs = -Infinity;
  }

  #change(change: Partial<Arrangement>): void {
    this.#arrangement = { ...this.#arrangement, ...change };
    this.#arrange();
  }

  #arrange(): void {
    const { layout, sort, matches } = this.#arrangement;
    const lines = arrangeProcesses(this.#rows, this.#arrangement);
    const matchedCount = matches ? this.#rows.filter(matches).length : this.#rows.length;
    const cursor = this.#cursorOf(this.#view.selected, lines);
    this.#publish({ ...this.#counts(), lines, layout, sort, matchedCount, cursor, held: null });
  }

  /** New figures in lines that stay where they are. */
  #refresh(): void {
    const shown = new Set<string>();
    const sums = new Map<string, Line>();
    if (this.#arrangement.layout === 'groups') {
      for (const line of arrangeProcesses(this.#rows, this.#arrangement)) {
        if (line.kind === 'group') sums.set(line.key, line);
      }
    }
    const lines = this.#view.lines.map((line): Line => {
      shown.add(line.key);
      if (line.kind === 'group') return sums.get(line.key) ?? line;
      const row = this.#byKey.get(line.key);
      return row ? { ...line, row, values: row } : { ...line, ended: true };
    });
    const { matches, layout } = this.#arrangement;
    const matched = matches ? this.#rows.filter(matches) : this.#rows;
    const waiting = layout === 'list' ? matched.filter(({ key }) => !shown.has(key)).length : 0;
    this.#publish({ ...this.#counts(), lines, matchedCount: matched.length, held: { waiting } });
  }

  #counts(): Pick<ProcessView, 'processCount' | 'threadCount' | 'hasCommands'> {
    const threadCount = this.#rows.reduce((sum, row) => sum + (row.threadCount ?? 0), 0);
    const hasCommands = this.#rows.some(({ command }) => command !== '');
    return { processCount: this.#rows.length, threadCount, hasCommands };
  }

  /** Where the chosen one stands; where it stood, while no line shows it. */
  #cursorOf(key: string | null, lines: readonly Line[]): number {
    const at = key === null ? -1 : lines.findIndex((line) => line.key === key);
    return at >= 0 ? at : Math.max(0, Math.min(this.#view.cursor, lines.length - 1));
  }

  #publish(change: Partial<ProcessView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}
