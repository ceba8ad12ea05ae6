/** One series of a page. */
export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ParsedFamily {
  readonly help: string;
  readonly type: string;
  readonly series: readonly Series[];
}

/**
 * Parses Prometheus's text format 0.0.4 and throws at whatever the format does not allow: stray escapes, a family in
 * two places or without HELP and TYPE before it, the same series twice, a last line without its end.
 * Source: prometheus.io/docs/instrumenting/exposition_formats.
 */
export function parseExposition(page: string): ReadonlyMap<string, ParsedFamily> {
  const families = new Map<string, { help: string; type: string; series: Series[] }>();
  const seen = new Set<string>();
  if (!page.endsWith('\n')) throw new Error('The last line does not end.');
  const lines = page.slice(0, -1).split('\n');
  let open: { name: string; help: string; type: string | null } | null = null;
  for (const line of lines) {
    const help = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ((?:[^\\]|\\\\|\\n)*)$/.exec(line);
    const type = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|untyped)$/.exec(line);
    if (help) {
      if (families.has(help[1]!)) throw new Error(`${help[1]} is in two places.`);
      open = { name: help[1]!, help: help[2]!, type: null };
    } else if (type) {
      if (!open || open.name !== type[1] || open.type !== null) throw new Error(`TYPE out of place: ${line}`);
      open.type = type[2]!;
      families.set(open.name, { help: open.help, type: open.type, series: [] });
    } else {
      const series = parseSeries(line);
      if (!open || series.name !== open.name || open.type === null)
        throw new Error(`Out of its family: ${line}`);
      const key = JSON.stringify([series.name, Object.entries(series.labels).sort()]);
      if (seen.has(key)) throw new Error(`Twice: ${line}`);
      seen.add(key);
      families.get(series.name)!.series.push(series);
    }
  }
  for (const [name, { series }] of families) if (series.length === 0) throw new Error(`${name} is empty.`);
  return families;
}

function parseSeries(line: string): Series {
  const head = /^([a-zA-Z_:][a-zA-Z0-9_:]*)/.exec(line)?.[1];
  if (!head) throw new Error(`Not a series: ${JSON.stringify(line)}`);
  let at = head.length;
  const labels: Record<string, string> = {};
  if (line[at] === '{') {
    do {
      const label = /^[{,]([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"/.exec(line.slice(at));
      if (!label) throw new Error(`Not a label at ${at}: ${JSON.stringify(line)}`);
      if (Object.hasOwn(labels, label[1]!)) throw new Error(`A label twice: ${line}`);
      labels[label[1]!] = label[2]!.replace(/\\(.)/g, (_, character: string) =>
        character === 'n' ? '\n' : character,
      );
      at += label[0].length;
    } while (line[at] === ',');
    if (line[at++] !== '}') throw new Error(`Labels without an end: ${JSON.stringify(line)}`);
  }
  const value = /^ (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.exec(line.slice(at))?.[1];
  if (value === undefined) throw new Error(`Not a value: ${JSON.stringify(line)}`);
  return { name: head, labels, value: Number(value) };
}
