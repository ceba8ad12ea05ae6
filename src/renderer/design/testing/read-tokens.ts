import { readFileSync } from 'node:fs';

export const schemes = ['light', 'dark'] as const;
export const contrasts = ['normal', 'high'] as const;
export interface Look {
  readonly scheme: (typeof schemes)[number];
  readonly contrast: (typeof contrasts)[number];
}

/** Every look there is. */
export const looks: readonly Look[] = schemes.flatMap((scheme) =>
  contrasts.map((contrast) => ({ scheme, contrast })),
);

const text = readFileSync(new URL('../tokens.css', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');

/** What a rule of `tokens.css` with this selector declares, as written. Throws where there is no such rule. */
export function readRule(selector: string): ReadonlyMap<string, string> {
  const at = text.indexOf(`\n${selector} {`);
  if (at < 0) throw new Error(`tokens.css has no rule ${selector}`);
  const body = text.slice(text.indexOf('{', at) + 1, text.indexOf('}', at));
  return new Map(
    body.split(';').flatMap((line) => {
      const match = /^\s*(--[\w-]+):\s*([\s\S]+?)\s*$/.exec(line);
      return match ? [[match[1]!, match[2]!]] : [];
    }),
  );
}

/** The colour of a token (`text-muted`) in a look, as #rrggbb. Throws where it is no opaque colour. */
export function readColorToken(name: string, look: Look): string {
  const high = look.contrast === 'high' ? readRule(":root[data-contrast='high']") : new Map<string, string>();
  const written = high.get(`--${name}`) ?? readRule(':root').get(`--${name}`);
  if (written === undefined) throw new Error(`tokens.css has no --${name}`);
  const alias = /^var\(--([\w-]+)\)$/.exec(written);
  if (alias) return readColorToken(alias[1]!, look);
  const both = /^light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)$/.exec(written);
  const hex = both ? both[look.scheme === 'light' ? 1 : 2]! : written;
  if (!/^#[0-9a-f]{6}$/.test(hex)) throw new Error(`--${name} is ${written}, which is no colour`);
  return hex;
}
