import type { Topic } from '../src/shared/series/raw.ts';
import { AskedChild } from './asked-child.ts';
import { LocalViewer } from './local-viewer.ts';
import { readTreePssMb } from './process-tree.ts';
import type { Subject } from './rounds.ts';
import type { LoopDelay, SamplingHostState } from './sampling-host.ts';

const intervalMs = 1_000;

/**
 * A host that one viewer watches from its start to its end, over a loopback WebSocket. It does not rest between its
 * rounds: what is measured is a host that has been running for a while, not one that finds everything anew.
 */
export class WatchedHost implements Subject {
  readonly name: string;
  readonly viewer: LocalViewer;
  /** How long each sample of its rounds took, from the beginning of its tick until it was handed on. */
  readonly sampleMs: number[] = [];
  readonly #host: AskedChild;
  #samplesBefore = 0;

  private constructor(name: string, host: AskedChild, viewer: LocalViewer) {
    this.name = name;
    this.#host = host;
    this.viewer = viewer;
  }

  static async start(
    name: string,
    choose: (topics: readonly Topic[]) => readonly Topic[],
  ): Promise<WatchedHost> {
    const host = new AskedChild('sampling-host.js');
    try {
      const viewer = await LocalViewer.open(await host.ask('open'));
      viewer.watch(choose(viewer.topics), intervalMs);
      return new WatchedHost(name, host, viewer);
    } catch (error) {
      await host.end();
      throw error;
    }
  }

  get pid(): number {
    return this.#host.pid;
  }

  async begin(): Promise<void> {
    this.#samplesBefore = (await this.#state()).sampleMs.length;
  }

  async rest(): Promise<void> {
    this.sampleMs.push(...(await this.#state()).sampleMs.slice(this.#samplesBefore));
  }

  readonly account = async (): Promise<{ forks: number; reads: number }> => ({
    forks: (await this.#state()).forks,
    reads: this.viewer.samples,
  });

  /** Begins to watch how late the event loop runs, which costs more than all that the host does. */
  watchLoop(): Promise<void> {
    return this.#host.ask('watchLoop');
  }

  loopDelay(): Promise<LoopDelay> {
    return this.#host.ask('loopDelay');
  }

  pssMb(): number {
    return readTreePssMb(this.pid);
  }

  async end(): Promise<void> {
    this.viewer.close();
    await this.#host.end();
  }

  #state(): Promise<SamplingHostState> {
    return this.#host.ask('state');
  }
}
