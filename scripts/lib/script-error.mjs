/**
 * A failure that a person can act on. The message says what happened, why, and what to do;
 * it is printed without a stack.
 */
export class ScriptError extends Error {
  /** @param {string} message @param {ErrorOptions} [options] */
  constructor(message, options) {
    super(message, options);
    this.name = 'ScriptError';
  }
}

/**
 * What an unknown thrown value says of itself, in one line.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function describeError(error) {
  const text = error instanceof Error ? error.message : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${text}${cause}`.replaceAll(/\s*\n\s*/g, ' ');
}

/**
 * Runs the body of a command. The number that it returns is the exit status; what it throws is
 * printed on standard error, with a stack only where it is a defect of the script itself.
 *
 * @param {string} name shown in front of the message
 * @param {() => Promise<number | void>} body
 * @returns {Promise<void>}
 */
export async function runCommand(name, body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    const message =
      error instanceof ScriptError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${name}: ${message}\n`);
    process.exitCode = 1;
  }
}
