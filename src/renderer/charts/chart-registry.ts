import type { LiveChart } from './live-chart.ts';

/** The charts of a page that share its time axis, so that keys find one where none has the focus. */
export class ChartRegistry {
  readonly #charts = new Map<LiveChart, HTMLElement>();
  #last: LiveChart | null = null;

  /** Adds a chart and the element that it stands in. Returns what takes it out again. */
  add(chart: LiveChart, element: HTMLElement): () => void {
    this.#charts.set(chart, element);
    return () => {
      this.#charts.delete(chart);
      if (this.#last === chart) this.#last = null;
    };
  }

  /** Says that this one was pointed at or focused. */
  touch(chart: LiveChart): void {
    this.#last = chart;
  }

  /** The one that was touched last, else the first of the page that is on the screen; null where there is none. */
  leading(): LiveChart | null {
    if (this.#last?.isOnScreen) return this.#last;
    let [first, firstElement]: [LiveChart | null, HTMLElement | null] = [null, null];
    for (const [chart, element] of this.#charts) {
      if (!chart.isOnScreen) continue;
      const isBefore =
        firstElement === null ||
        (firstElement.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
      if (isBefore) [first, firstElement] = [chart, element];
    }
    return first;
  }
}
