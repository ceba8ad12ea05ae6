import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { MonitorError } from '../../shared/lifecycle/monitor-error.ts';
import type { TaskScope } from '../../shared/lifecycle/task-scope.ts';
import type { SettingsProblem } from '../../shared/settings/settings-snapshot.ts';
import type { Log } from '../server/log.ts';
import { describeProblem, readSettingsText, type Config } from './config.ts';
import { restartKeys } from './config-schema.ts';
import { editSettings, type SettingsEdit } from './edit-settings.ts';
import { watchFile } from './file-watch.ts';
import type { GivenLayer } from './given-settings.ts';
import { deriveJsonPositions } from './json-positions.ts';
import { makeFolder } from './make-folder.ts';
import { mergeSettings } from './merge-settings.ts';
import { schemaName, refreshSchema, writeSchema } from './schema-beside.ts';
import { parseSettings, valueAt, type JsonObject, type ParsedSettings } from './parse-settings.ts';
import { writeWhole } from './write-whole.ts';

export interface SettingsFileOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether a file with anything wrong in it is refused when it is opened, as a host without a window does. */
  readonly isStrict: boolean;
  /** Whether the file must be there. Only where it was named by somebody. */
  readonly mustExist?: boolean;
  /** The JSON Schema of the file, as the build made it: a file that is made here gets a copy beside it, for editors. */
  readonly schemaPath?: string | undefined;
  /** The machine's settings, which hold where this file says nothing. Followed with it, never written. */
  readonly under?: SettingsFile;
  /** What was given at the start, and holds whatever the files say. */
  readonly over?: GivenLayer;
  /** What the administrator of the machine has decided, which holds over everything and is not changed here. */
  readonly policy?: GivenLayer;
}

/** What is in force, of all layers together. */
type InForce = Pick<ParsedSettings, 'config' | 'written'>;

/**
 * The settings file, as it is now, between the layers that there are. Read when opened, and again whenever it changes while
 * `watch` is on; changed by edits that leave the rest as its author wrote it. What makes no sense in it is named and left
 * alone, and what was in force before stays so.
 */
export class SettingsFile {
  readonly path: string;
  readonly #options: SettingsFileOptions;
  readonly #atStart: JsonObject;
  readonly #listeners = new Set<(config: Config) => void>();
  #text: string;
  #parsed: ParsedSettings;
  #inForce: InForce;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(options: SettingsFileOptions, text: string, parsed: ParsedSettings) {
    this.#options = options;
    this.path = options.path;
    this.#text = text;
    this.#parsed = parsed;
    this.#inForce = this.#layer(options.isStrict);
    this.#atStart = this.#inForce.written;
    options.under?.onChange(() => this.#settle());
  }

  /** Throws MonitorError `invalidArgument` as `readConfig` does, where it is to be strict. */
  static async open(options: SettingsFileOptions): Promise<SettingsFile> {
    const { text, parsed } = await readFirst(options);
    const [problem] = parsed.problems;
    if (problem && options.isStrict) {
      throw new MonitorError('invalidArgument', describeProblem(options.path, problem));
    }
    const file = new SettingsFile(options, text, parsed);
    await refreshSchema(options);
    file.#report([]);
    return file;
  }

  /** The settings in force. Another object after each change. */
  current(): Config {
    return this.#inForce.config;
  }

  /** The same as the layers say it, without what they leave out. */
  written(): JsonObject {
    return this.#inForce.written;
  }

  /** Where the value of a dotted key comes from: a flag, a variable, or a file with its line. Null where nothing says it. */
  originOf(key: string): string | null {
    const { under, over, policy } = this.#options;
    const given = policy?.origins.get(key) ?? over?.origins.get(key);
    if (given !== undefined) return given;
    if (valueAt(this.#parsed.written, key.split('.')) === undefined) return under?.originOf(key) ?? null;
    const at = deriveJsonPositions(this.#text).paths.get(key);
    return at ? `${this.path}:${at.line}` : this.path;
  }

  /** Keys that the administrator of the machine has decided. */
  locked(): string[] {
    return [...(this.#options.policy?.origins.keys() ?? [])];
  }

  /** What stands in the file and is not in force. */
  problems(): readonly SettingsProblem[] {
    return this.#parsed.problems;
  }

  /** Keys whose value is another than at the start, and comes into force with the next one. */
  needRestart(): string[] {
    return restartKeys.filter((key) => {
      const path = key.split('.');
      return !isDeepStrictEqual(valueAt(this.#atStart, path), valueAt(this.#inForce.written, path));
    });
  }

  /** Hears whenever what is in force, or what is wrong, has changed, by whoever's hand. Returns the unsubscribe. */
  onChange(listener: (config: Config) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Follows the file until the scope closes. */
  async watch(scope: TaskScope): Promise<void> {
    await this.#options.under?.watchWhereItIs(scope);
    // A folder that is not there cannot be watched; one that cannot be made is polled.
    await makeFolder(dirname(this.path)).catch(() => undefined);
    await this.#watch(scope);
  }

  /** The same for a file of somebody else, whose folder is not ours to make: where there is none, nothing is followed. */
  async watchWhereItIs(scope: TaskScope): Promise<void> {
    if (existsSync(dirname(this.path))) await this.#watch(scope);
  }

  /** Reads it anew now, and those under it, whether or not the system tells of changes. */
  async reload(): Promise<void> {
    await this.#options.under?.reload();
    await this.#inTurn(() => this.#read());
  }

  async #watch(scope: TaskScope): Promise<void> {
    const { clock, log } = this.#options;
    await watchFile({
      clock,
      scope,
      path: this.path,
      onChange: () => this.#inTurn(() => this.#read()),
      onPolled: (why) =>
        log('warning', `${this.path} is looked at now and then: ${MonitorError.from(why).message}`),
    });
    // What was written between the opening and now.
    await this.#inTurn(() => this.#read());
  }

  /**
   * Makes edits on the file as it is at that moment, whole or not at all, and resolves once they are in force. None at all
   * make sure that there is a file. Throws
   * MonitorError with a sentence for people where the file is broken or cannot be written, and then leaves it alone; `forbidden` where
   * one is of what was decided for the machine.
   */
  change(edits: readonly SettingsEdit[]): Promise<void> {
    return this.#inTurn(async () => {
      this.#checkPolicy(edits);
      try {
        const place = await realpath(this.path).catch(() => this.path);
        const found = await this.#find(place);
        const edited = editSettings(found ?? (await this.#begin()), edits);
        if (edited !== found) {
          await makeFolder(dirname(place));
          await writeWhole(place, edited);
        }
        this.#take(edited);
      } catch (cause) {
        const { code, message } = MonitorError.from(cause, 'io');
        throw new MonitorError(code, `The settings file ${this.path} was left as it is: ${message}.`, {
          cause,
        });
      }
    });
  }

  #checkPolicy(edits: readonly SettingsEdit[]): void {
    for (const { path } of edits) {
      const key = path.join('.');
      const decided = this.locked().find(
        (each) => each === key || each.startsWith(`${key}.`) || key.startsWith(`${each}.`),
      );
      if (decided === undefined) continue;
      const where = this.originOf(decided);
      throw new MonitorError(
        'forbidden',
        `“${key}” was decided by the administrator of this machine (${where}).`,
      );
    }
  }

  /** Null where there is no file. */
  async #find(place: string): Promise<string | null> {
    try {
      return await readFile(place, 'utf8');
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw thrown;
    }
  }

  /** What a file that is not there yet begins with. */
  async #begin(): Promise<string> {
    const { schemaPath } = this.#options;
    if (schemaPath === undefined) return '{}\n';
    await makeFolder(dirname(this.path));
    await writeSchema(schemaPath, this.path);
    return `${JSON.stringify({ $schema: `./${schemaName}` }, null, 2)}\n`;
  }

  async #read(): Promise<void> {
    try {
      this.#take(await readSettingsText(this.path, false));
    } catch (thrown) {
      this.#options.log('warning', MonitorError.from(thrown).message);
    }
  }

  #take(text: string): void {
    // Written by ourselves, or touched.
    if (text === this.#text) return;
    const before = this.#parsed;
    this.#text = text;
    this.#parsed = parseSettings(text, before.written);
    this.#report(before.problems);
    const { written, problems } = this.#parsed;
    if (isDeepStrictEqual(written, before.written) && isDeepStrictEqual(problems, before.problems)) return;
    this.#settle();
  }

  #settle(): void {
    this.#inForce = this.#layer(false);
    for (const listener of [...this.#listeners]) listener(this.#inForce.config);
  }

  /** All layers as one. Each makes sense by itself; where they do not together, what the lower ones say is left out. */
  #layer(isStrict: boolean): InForce {
    const { under, over, policy, log } = this.#options;
    if (!under && !over && !policy) return this.#parsed;
    const given = mergeSettings(over?.values ?? {}, policy?.values ?? {});
    const own = mergeSettings(this.#parsed.written, given);
    const all = mergeSettings(under?.written() ?? {}, own);
    const parsed = parseSettings(JSON.stringify(all), own);
    const [problem] = parsed.problems;
    if (!problem) return parsed;
    const line = `The settings do not go together: "${problem.key}" (${this.originOf(problem.key)}) ${problem.message}.`;
    if (isStrict) throw new MonitorError('invalidArgument', line);
    log('warning', line);
    return parsed;
  }

  #report(known: readonly SettingsProblem[]): void {
    for (const problem of this.#parsed.problems) {
      const isKnown = known.some((each) => each.key === problem.key && each.message === problem.message);
      if (!isKnown) this.#options.log('warning', `${describeProblem(this.path, problem)} It is left alone.`);
    }
  }

  async #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

/** The file as it is when it is opened. One that cannot be read is a problem like another where that is tolerated. */
async function readFirst(options: SettingsFileOptions): Promise<{ text: string; parsed: ParsedSettings }> {
  try {
    const text = await readSettingsText(options.path, options.mustExist === true);
    return { text, parsed: parseSettings(text) };
  } catch (thrown) {
    if (options.isStrict) throw thrown;
    const cause = MonitorError.from(thrown).cause as Error;
    const problem = { key: '', line: null, column: null, message: `it cannot be read: ${cause.message}` };
    return { text: '', parsed: { ...parseSettings('{}'), problems: [problem] } };
  }
}
