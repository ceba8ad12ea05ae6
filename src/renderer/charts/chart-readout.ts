import type { ColorToken } from './chart-colors.ts';

/** A line of the readout. */
export interface ReadoutLine {
  readonly label: string;
  readonly color: ColorToken;
  readonly text: string;
}

/** What the readout says and where: beside the crosshair, on the side that has more room. */
export interface ReadoutContent {
  readonly time: string;
  readonly lines: readonly ReadoutLine[];
  readonly crosshairPx: number;
  readonly width: number;
}

/**
 * The values at the crosshair, beside it. Text nodes that are kept and written anew, outside of React: it follows the
 * pointer.
 */
export class ChartReadout {
  readonly #element: HTMLElement;
  readonly #time: HTMLElement;
  readonly #lines: HTMLElement[] = [];

  constructor(element: HTMLElement) {
    this.#element = element;
    this.#time = element.appendChild(document.createElement('strong'));
  }

  hide(): void {
    this.#element.hidden = true;
  }

  show({ time, lines, crosshairPx, width }: ReadoutContent): void {
    this.#time.textContent = time;
    while (this.#lines.length > lines.length) this.#lines.pop()!.remove();
    lines.forEach(({ label, color, text }, at) => {
      const line = (this.#lines[at] ??= this.#makeLine());
      const [swatch, name, value] = line.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
      swatch.className = `swatch swatch--${color}`;
      name.textContent = label;
      value.textContent = text;
    });
    const isLeft = crosshairPx > width / 2;
    const { style } = this.#element;
    style.left = isLeft ? '' : `${crosshairPx + 9}px`;
    style.right = isLeft ? `${width - crosshairPx + 9}px` : '';
    this.#element.hidden = false;
  }

  #makeLine(): HTMLElement {
    const line = this.#element.appendChild(document.createElement('span'));
    line.className = 'readout__line';
    for (const name of ['swatch', 'readout__label', 'readout__value']) {
      line.appendChild(document.createElement('span')).className = name;
    }
    return line;
  }
}
