import * as v from 'valibot';
import { describeReplaySpeed, isReplaySpeed } from '../node/replay/replay.ts';
import { MonitorError } from '../shared/lifecycle/monitor-error.ts';
import { isAppLink } from './links/parse-app-link.ts';

/** What the app is asked to show when it starts, or when it is started a second time. */
export type LaunchView = 'dashboard' | 'quick' | 'hidden';

export interface CommandLine {
  readonly view: LaunchView;
  /** Where all state is kept; null for the platform's own place. */
  readonly dataDir: string | null;
  /** Port of the server; null for the configured one. 0 takes any free one. */
  readonly port: number | null;
  /** A recording to show in place of this machine, and how many of its seconds pass in one. */
  readonly replay: string | null;
  readonly speed: number | null;
  /** A `pulsewire:` link to follow, as it came: anybody may have written it. */
  readonly link: string | null;
}

/**
 * The app's own switches among those of Chromium, which are none of its business: `--quick`, `--hidden`,
 * `--data-dir DIR`, `--port N`, `--replay FILE` and `--speed N`. Then at most one link: what stands after it, or after `--`, may be
 * part of a link that was written to break out of its argument, and is no switch. Throws `invalidArgument`, with a sentence for the
 * person who typed it.
 */
export function parseCommandLine(args: readonly string[]): CommandLine {
  let view: LaunchView = 'dashboard';
  let dataDir: string | null = null;
  let port: number | null = null;
  let replay: string | null = null;
  let speed: number | null = null;
  let link: string | null = null;
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? '';
    if (isAppLink(argument) || argument === '--') {
      link = args.slice(index).find(isAppLink) ?? null;
      break;
    }
    const [name, inline] = splitSwitch(argument);
    const value = (): string => {
      const found = inline ?? args[++index];
      if (found !== undefined && found !== '' && (inline !== undefined || !found.startsWith('--')))
        return found;
      throw new MonitorError('invalidArgument', `${name} needs a value.`);
    };
    if (name === '--quick') view = 'quick';
    else if (name === '--hidden') view = 'hidden';
    else if (name === '--data-dir') dataDir = value();
    else if (name === '--port') port = parsePort(value());
    else if (name === '--replay') replay = value();
    else if (name === '--speed') speed = parseSpeed(value());
  }
  return { view, dataDir, port, replay, speed, link };
}

const relaunchSchema = v.object({
  view: v.picklist(['dashboard', 'quick', 'hidden']),
  link: v.nullable(v.pipe(v.string(), v.maxLength(4_096))),
});
export type Relaunch = v.InferOutput<typeof relaunchSchema>;

/** What a second instance handed over, which is any process of this user: anything odd opens the dashboard. */
export function parseRelaunch(data: unknown): Relaunch {
  const result = v.safeParse(relaunchSchema, data);
  return result.success ? result.output : { view: 'dashboard', link: null };
}

function splitSwitch(argument: string): [name: string, value: string | undefined] {
  const equals = argument.indexOf('=');
  if (!argument.startsWith('--') || equals < 0) return [argument, undefined];
  return [argument.slice(0, equals), argument.slice(equals + 1)];
}

function parseSpeed(text: string): number {
  const speed = Number(text);
  if (isReplaySpeed(speed)) return speed;
  throw new MonitorError('invalidArgument', `--speed is "${text}". ${describeReplaySpeed}`);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new MonitorError('invalidArgument', `--port must be a number from 0 to 65535, and is "${text}".`);
}
