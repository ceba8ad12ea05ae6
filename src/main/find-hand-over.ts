import { join } from 'node:path';
import { withoutChromium } from '../node/probe/fork-probe.ts';

/** First arguments that ask for the command line and not for the app. */
export const handedOver: readonly string[] = [
  'serve',
  'pair',
  'token',
  'audit',
  'record',
  'diagnose',
  'config',
  'completion',
  '--help',
  '--version',
];

export const headlessEntry = join(import.meta.dirname, 'headless.js');
const probeEntry = join(import.meta.dirname, 'probe-process.js');

/** A program of the build that takes the app's place, and its arguments. */
export interface HandOver {
  readonly entry: string;
  readonly args: readonly string[];
}

/**
 * What is asked for in place of the app: a command, `pulsewire token list` and the like, or the probe process of one.
 * The first argument says so, after what the launcher gives to Chromium. Null asks for the app.
 */
export function findHandOver(args: readonly string[]): HandOver | null {
  const start = args.findIndex((arg) => !withoutChromium.includes(arg));
  const [first = '', ...rest] = start < 0 ? [] : args.slice(start);
  if (first === probeEntry) return { entry: probeEntry, args: rest };
  return handedOver.includes(first) ? { entry: headlessEntry, args: [first, ...rest] } : null;
}
