/**
 * A known vulnerability of a package.
 *
 * @typedef {object} Advisory
 * @property {string} name of the package
 * @property {string} severity
 * @property {string} title with the address of its description
 *
 * What the registry knows: `unanswered` is not "none".
 *
 * @typedef {{kind: 'unanswered', reason: string}
 *   | {kind: 'checked', shipped: Advisory[], development: Advisory[]}} AdvisoryAnswer
 */

/**
 * Reads what `npm audit --json` writes.
 *
 * @param {string} text its standard output
 * @param {ReadonlySet<string>} shippedPaths paths of packages that reach users
 * @returns {AdvisoryAnswer}
 */
export function parseAudit(text, shippedPaths) {
  const report = parseObject(text);
  if (report === undefined) return { kind: 'unanswered', reason: 'npm audit wrote no report' };
  const { vulnerabilities, message } = report;
  if (typeof vulnerabilities !== 'object' || vulnerabilities === null) {
    return {
      kind: 'unanswered',
      reason: typeof message === 'string' ? message : 'npm audit wrote no report',
    };
  }
  /** @type {Advisory[]} */
  const shipped = [];
  /** @type {Advisory[]} */
  const development = [];
  for (const found of /** @type {AuditEntry[]} */ (Object.values(vulnerabilities))) {
    const reachesUsers = found.nodes.some((path) => shippedPaths.has(path));
    // A name stands for a vulnerable dependency, which has an entry of its own.
    const own = found.via.filter((via) => typeof via !== 'string');
    (reachesUsers ? shipped : development).push(
      ...own.map(({ title, url, severity }) => ({ name: found.name, severity, title: `${title} (${url})` })),
    );
  }
  return { kind: 'checked', shipped, development };
}

/**
 * @typedef {object} AuditEntry an entry of npm's report, version 2
 * @property {string} name
 * @property {readonly (string | {title: string, url: string, severity: string})[]} via
 * @property {readonly string[]} nodes
 */

/** @param {string} text @returns {Record<string, unknown> | undefined} */
function parseObject(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    // npm was ended, or wrote an error that is no JSON: there was no answer.
    return undefined;
  }
}
