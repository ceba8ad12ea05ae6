import { HeadlessProcess } from './built-headless.ts';
import type { Seen, Sight, TestViewerOptions } from './test-viewer.ts';

/** A viewer in a process of its own, seen from outside. */
export class Watcher {
  readonly process: HeadlessProcess;

  /** `entry`: the built `watching.ts`. `through`: what starts it in another place. */
  constructor(entry: string, options: TestViewerOptions, through: readonly string[] = []) {
    this.process = new HeadlessProcess(entry, [JSON.stringify(options)], through);
  }

  /** All that it saw so far. */
  get seen(): Seen {
    const seen: Seen = { states: [], samples: [], seams: [] };
    for (const line of this.process.stdout.split('\n').slice(0, -1)) {
      const sight = JSON.parse(line) as Sight;
      if (sight.saw === 'state') seen.states.push(sight);
      else if (sight.saw === 'sample') seen.samples.push(sight);
      else seen.seams.push(sight);
    }
    return seen;
  }

  get seqs(): readonly number[] {
    return this.seen.samples.map(({ seq }) => seq);
  }
}
