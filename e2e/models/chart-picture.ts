import type { Locator } from '@playwright/test';

/** A chart as it is painted, one pixel column after the other from the left edge of its area to the right. */
export interface ChartColumn {
  /** Whether anything of a series is painted there. */
  readonly isDrawn: boolean;
  /** Whether it says that nothing is known of that time. */
  readonly isUnseen: boolean;
}

/** Reads a stacked chart of memory from its canvas; `card` holds one chart. */
export async function readMemoryChart(card: Locator): Promise<ChartColumn[]> {
  return card.locator('canvas.chart__plot').evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { width, height } = canvas;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
    const parse = (token: string): number[] => {
      const probe = document.body.appendChild(document.createElement('span'));
      probe.style.color = `var(--${token})`;
      const channels = getComputedStyle(probe).color.match(/\d+/g)!.map(Number);
      probe.remove();
      return channels;
    };
    const wanted = { series: parse('series-memory'), unseen: parse('unseen') };
    const has = (x: number, color: number[]): boolean => {
      for (let y = 0; y < height; y++) {
        const at = (y * width + x) * 4;
        const isClose = color.every((value, channel) => Math.abs(data[at + channel]! - value) < 3);
        if (isClose && data[at + 3]! > 250) return true;
      }
      return false;
    };
    // The scale stands to the right of the area.
    const right = Math.round(width * (1 - 64 / canvas.clientWidth)) - 2;
    return Array.from({ length: right - 2 }, (_, at) => ({
      isDrawn: has(at + 2, wanted.series),
      isUnseen: has(at + 2, wanted.unseen),
    }));
  });
}
