import type { TrayChartSubject } from '../shared/preferences/tray-icon.ts';
import type { Rgba, TrayPaint } from './tray-picture.ts';

/** What the icon stands on: a panel that is light or dark, or one that colours icons itself. */
export type TrayPanel = 'light' | 'dark' | 'template';

/** As the series of the same subjects in `design/tokens.css`, in both themes. */
const columns: Readonly<Record<TrayChartSubject, Readonly<Record<'light' | 'dark', Rgba>>>> = {
  processor: { light: [47, 125, 225, 255], dark: [74, 144, 240, 255] },
  memory: { light: [124, 92, 220, 255], dark: [157, 132, 245, 255] },
  network: { light: [15, 143, 140, 255], dark: [45, 212, 191, 255] },
};

const panels = {
  // An outline of a tile would be lost among others; a ground is seen on any panel, also on one that is not what it says.
  light: {
    ground: [255, 255, 255, 255],
    high: [192, 50, 43, 255],
    baseline: [79, 87, 101, 110],
    muted: [160, 166, 176, 255],
  },
  dark: {
    ground: [20, 32, 43, 255],
    high: [255, 128, 96, 255],
    baseline: [255, 255, 255, 80],
    muted: [96, 106, 120, 255],
  },
} as const satisfies Record<'light' | 'dark', Record<string, Rgba>>;

/** What a menu bar colours itself is given in black, and tells levels apart by alpha alone. */
const template = { solid: [0, 0, 0, 255], muted: [0, 0, 0, 110], faint: [0, 0, 0, 90] } as const;

/** Colours of a chart; muted where what it shows is not current. */
export function deriveTrayPaint(subject: TrayChartSubject, panel: TrayPanel, isMuted: boolean): TrayPaint {
  if (panel === 'template') {
    const column = isMuted ? template.muted : template.solid;
    return { ground: null, column, high: column, baseline: template.faint };
  }
  const { ground, high, baseline, muted } = panels[panel];
  if (isMuted) return { ground, column: muted, high: muted, baseline };
  return { ground, column: columns[subject][panel], high, baseline };
}
