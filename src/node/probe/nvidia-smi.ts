import type { Clock } from '../../shared/lifecycle/clock.ts';
import type { GpuDeviceRaw } from '../../shared/series/raw/gpu.ts';
import { nvidiaFields, parseNvidiaLine } from '../collectors/gpu/parse-nvidia-smi.ts';
import { FollowedProgram } from './followed-program.ts';
import { timeoutCode, type ProbeMethods } from './probe-messages.ts';

/** How often the tool tells. */
const intervalSeconds = 2;
/** How long a question waits for a tool that has said nothing yet. */
const patienceMs = 3_000;
/** How long it may say nothing: when it starts, which takes a second a card and more, and later. */
const firstSilenceMs = 20_000;
const longestSilenceMs = 10_000;
/** Past this a card that the tool does not tell of any more is not told of here either. */
const cardLastsMs = 3 * intervalSeconds * 1_000;
/** It is ended when nobody has asked for so long. */
const idleMs = 30_000;
/** How long one that ended by itself stays ended; doubled each time, up to the longest. */
const restartDelayMs = 2_000;
const longestRestartDelayMs = 60_000;

interface Run {
  readonly program: FollowedProgram;
  heardMs: number;
  hasSpoken: boolean;
}

/**
 * NVIDIA's cards by one `nvidia-smi` that goes on telling, so that nothing is started for a reading. It starts with
 * the first question. When it falls silent it is killed, the next question fails with `timeout`, and the one after
 * starts another; that the questions come ever more seldom then is the client's part. `onChildren` is told the ids of what runs.
 */
export class NvidiaSmi {
  readonly #clock: Clock;
  readonly #onChildren: (pids: readonly number[]) => void;
  readonly #cards = new Map<string, { readonly card: GpuDeviceRaw; readonly atMs: number }>();
  readonly #alive = new Set<FollowedProgram>();
  #run: Run | null = null;
  #news: { readonly promise: Promise<void>; readonly resolve: () => void } | null = null;
  #failure: { readonly code: string; readonly message: string } | null = null;
  #usedMs = 0;
  #ends = 0;
  #restartAtMs = -Infinity;

  constructor(clock: Clock, onChildren: (pids: readonly number[]) => void) {
    this.#clock = clock;
    this.#onChildren = onChildren;
  }

  /** The cards as they were last told. Fails with the code `timeout` where the tool says nothing. */
  async read(params: unknown): Promise<readonly GpuDeviceRaw[]> {
    const { path } = params as ProbeMethods['nvidiaSmi']['params'];
    this.#usedMs = this.#clock.monotonic();
    this.#throwFailure();
    if (!this.#run && this.#usedMs >= this.#restartAtMs) this.#start(path);
    if (this.#present().length === 0 && this.#run) await this.#waitForNews();
    this.#throwFailure();
    const cards = this.#present();
    if (cards.length > 0) return cards;
    if (!this.#run) throw new Error('nvidia-smi ended and is started again in a while.');
    throw Object.assign(new Error('nvidia-smi has said nothing yet.'), { code: timeoutCode });
  }

  /** Ends what runs, without waiting. */
  kill(): void {
    for (const program of this.#alive) program.kill();
  }

  #present(): GpuDeviceRaw[] {
    const oldestMs = this.#clock.monotonic() - cardLastsMs;
    return [...this.#cards.values()].filter(({ atMs }) => atMs >= oldestMs).map(({ card }) => card);
  }

  #start(path: string): void {
    const args = [`--query-gpu=${nvidiaFields.join()}`, '--format=csv,noheader,nounits', '-l', String(intervalSeconds)]; // prettier-ignore
    const program: FollowedProgram = new FollowedProgram({
      clock: this.#clock,
      path,
      args,
      onLines: (lines) => this.#take(run, lines),
      onEnd: (words) => this.#noteEnd(run, words),
    });
    const run: Run = { program, heardMs: this.#clock.monotonic(), hasSpoken: false };
    this.#run = run;
    this.#alive.add(program);
    this.#tellChildren();
    void this.#watch(run);
  }

  #take(run: Run, lines: readonly string[]): void {
    if (this.#run !== run) return;
    const atMs = this.#clock.monotonic();
    const cards = lines.map(parseNvidiaLine).filter((card) => card !== null);
    if (cards.length === 0) return;
    run.heardMs = atMs;
    run.hasSpoken = true;
    this.#ends = 0;
    for (const card of cards) this.#cards.set(card.id, { card, atMs });
    this.#wake();
  }

  #noteEnd(run: Run, words: string): void {
    this.#alive.delete(run.program);
    this.#tellChildren();
    if (this.#run !== run) return;
    this.#run = null;
    this.#failure = { code: 'io', message: `nvidia-smi ended: ${words}` };
    const delayMs = Math.min(longestRestartDelayMs, restartDelayMs * 2 ** this.#ends++);
    this.#restartAtMs = this.#clock.monotonic() + delayMs;
    this.#wake();
  }

  /** Ends the tool when it falls silent or nobody asks. */
  async #watch(run: Run): Promise<void> {
    while (this.#run === run) {
      await this.#clock.sleep(1_000);
      if (this.#run !== run) return;
      const nowMs = this.#clock.monotonic();
      if (nowMs - run.heardMs > (run.hasSpoken ? longestSilenceMs : firstSilenceMs)) {
        this.#run = null;
        run.program.kill();
        this.#failure = { code: timeoutCode, message: 'nvidia-smi fell silent and was killed.' };
        this.#wake();
      } else if (nowMs - this.#usedMs > idleMs) {
        this.#run = null;
        run.program.stop();
      }
    }
  }

  #throwFailure(): void {
    const failure = this.#failure;
    if (!failure) return;
    this.#failure = null;
    throw Object.assign(new Error(failure.message), { code: failure.code });
  }

  async #waitForNews(): Promise<void> {
    if (!this.#news) {
      let resolve = (): void => undefined;
      const promise = new Promise<void>((done) => (resolve = done));
      this.#news = { promise, resolve };
    }
    const enough = new AbortController();
    const timer = this.#clock.sleep(patienceMs, enough.signal).catch(() => undefined);
    await Promise.race([timer, this.#news.promise]);
    enough.abort(new Error('There is news.'));
  }

  #wake(): void {
    this.#news?.resolve();
    this.#news = null;
  }

  #tellChildren(): void {
    this.#onChildren([...this.#alive].map(({ pid }) => pid).filter((pid) => pid !== undefined));
  }
}
